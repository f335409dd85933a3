import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { run } from "../exchange/run.ts";
import { archiveOf, cutWorld } from "../replay/archive.ts";
import { startCollector } from "../test-collector.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

test("the view of an incident tells the events beside which it began, with lag and base rate", async () => {
  const rally = {
    ...{ type: "event", id: "r1", kind: "rally", sanctioned: "unsanctioned", place: "KZ-75", title: "Rally" },
    ...{ start: "2022-01-05T10:00:00.000Z", end: null, precision: "minute", source: "https://example.org/" },
  };
  const elsewhere = { ...rally, id: "r2", place: "KZ-71" };
  const archive = join(folder.path, "archive");
  writeFileSync(archive, [...archiveOf(cutWorld()), canonicalJson(rally), canonicalJson(elsewhere)].join("\n"));
  const data = join(folder.path, "data");
  expect((await run("import", archive, "--unsigned", "--data", data)).code).toBe(0);
  const collector = await startCollector({ folder: data });
  const listed = await fetch(`${collector.url}/api/v1/incidents?from=2022-01-01T00:00:00Z`);
  const { incidents } = (await listed.json()) as { incidents: { id: string }[] };
  const page = await (await fetch(`${collector.url}/en/i/${incidents[0]?.id}`)).text();
  await collector.close();
  const view = JSON.parse(page.replace(/^.*?<pre>/s, "").replace(/<\/pre>.*$/s, ""));
  // The events that come with the program are beside it as well.
  const own = view.beside.filter(({ event }: { event: string }) => ["r1", "r2"].includes(event));
  expect(own).toEqual([expect.objectContaining({ event: "r1", baseRate: null, place: "KZ-75" })]);
  expect(own[0].lagMinutes.latest).toBeGreaterThan(50);
  expect(own[0].says).toMatch(/after the start of a rally/);
});
