import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeByProcess } from "../../../collector/bundles/make-by-process.ts";
import { unpackZip } from "../../../collector/evidence/zip.ts";
import { type ReviewRequest, review } from "../../../collector/publication/review.ts";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { PublishedVersion } from "../../../protocol/publication.ts";
import { runKuager } from "../../end-to-end/processes.ts";
import { at, block, HOUR } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { packed, post, webDraft } from "../test-probe.ts";

let collector: TestCollector;
/** Every published version, newest of a number first. */
let versions: PublishedVersion[];
const note = { kk: "Қолмен тексерілді", ru: "Проверено вручную", en: "Checked by hand" };
const part = (target: string) => ({
  ...{ target, asn: 48503, region: "KZ-71", start: { earliest: at(0), latest: at(HOUR) }, end: null },
});

beforeAll(async () => {
  collector = await startCollector();
  const witness = await collector.probe();
  await post(collector.url, packed(witness.batch([witness.write(webDraft()), witness.write(webDraft())])));
  const store = await openStore(collector.folder);
  const split = { asns: [48503], regions: ["KZ-71"], parts: [part("vlast.kz"), part("bit.ly")] };
  const incidents = [
    block("one", 0),
    block("two", 4 * HOUR, { asns: [21299] }),
    block("three", 6 * HOUR, { targets: ["vlast.kz", "bit.ly"], ...split }),
    block("four", 8 * HOUR, { targets: ["azattyq.org"] }),
  ];
  await store.incidents.put(incidents, Date.now());
  await settlePublication(store, { at: Date.now(), rulesVersion: "test/1", settleMs: 0 });
  const act = (request: ReviewRequest) =>
    review(store, request, { reviewer: { role: "editor", name: "a" }, at: Date.now(), rulesVersion: "test/1" });
  await act({ act: "merge", subject: "KZ-2026-0002", other: "KZ-2026-0001", note });
  await act({ act: "split", subject: "KZ-2026-0003", selection: { targets: ["bit.ly"] }, note });
  await act({ act: "tombstone", subject: "KZ-2026-0004", note });
  const numbers = ["KZ-2026-0001", "KZ-2026-0002", "KZ-2026-0003", "KZ-2026-0004", "KZ-2026-0005"];
  versions = (await Promise.all(numbers.map((number) => store.publications.versions(number)))).flat();
  await store.close();
}, 200_000);
afterAll(() => collector.close());

async function bundleOf({ number, version }: { number: string; version: number }) {
  const found = versions.find((one) => one.number === number && one.version === version);
  if (found === undefined) throw new Error(`${number}-v${version} was not published`);
  const make = makeByProcess({ data: collector.folder, targets: null });
  const path = await make(found, join(collector.folder, "made"), new AbortController().signal);
  const files = unpackZip(readFileSync(path));
  const text = (name: string) => Buffer.from(files.get(name) ?? []).toString("utf8");
  return { path, found, facts: JSON.parse(text("data/incident.json")), report: text("data/report.en.html") };
}

test("each version's bundle bears its name and tells its facts: one merged away, the one it went into, both parts of a split", async () => {
  expect(versions.map(({ number, version, change }) => `${number}-v${version} ${change}`)).toEqual([
    ...["KZ-2026-0001-v2 review", "KZ-2026-0001-v1 first", "KZ-2026-0002-v2 merged", "KZ-2026-0002-v1 first"],
    ...["KZ-2026-0003-v2 review", "KZ-2026-0003-v1 first", "KZ-2026-0004-v2 tombstone", "KZ-2026-0004-v1 first"],
    "KZ-2026-0005-v1 split",
  ]);
  for (const version of versions) {
    const { facts, found, path } = await bundleOf(version);
    const name = `${found.number}-v${found.version}`;
    expect(facts.bundle.id).toBe(name);
    expect(path.endsWith(`${name}.zip`), path).toBe(true);
    expect(facts.incident, name).toEqual(found.incident);
    if (found.change !== "first") expect((await runKuager(["verify", path])).code, name).toBe(0);
  }
}, 400_000);

test("the report of a version that was withdrawn, or merged away, says so before its finding, with the reason", async () => {
  const withdrawn = (await bundleOf({ number: "KZ-2026-0004", version: 2 })).report;
  expect(withdrawn).toMatch(/withdrawn[\s\S]*Checked by hand[\s\S]*consistent with/i);
  const merged = (await bundleOf({ number: "KZ-2026-0002", version: 2 })).report;
  expect(merged).toMatch(/KZ-2026-0001[\s\S]*consistent with/i);
  expect((await bundleOf({ number: "KZ-2026-0004", version: 1 })).report).not.toMatch(
    /withdrawn[\s\S]*consistent with/i,
  );
}, 200_000);

test("the command takes a number, a version, and the id of the analysis, and names the bundle after the version it tells of", async () => {
  const made = async (name: string) => {
    const { stdout, code } = await runKuager([
      "collector",
      "bundle",
      name,
      "--data",
      collector.folder,
      "--out",
      collector.folder,
    ]);
    expect(code, name).toBe(0);
    return stdout.trim().split("/").at(-1);
  };
  expect(await made("KZ-2026-0001")).toBe("KZ-2026-0001-v2.zip");
  expect(await made("KZ-2026-0001-v1")).toBe("KZ-2026-0001-v1.zip");
  expect(await made("one")).toBe("KZ-2026-0001-v2.zip");
  const { code } = await runKuager(["collector", "bundle", "KZ-2026-0001-v9", "--data", collector.folder]);
  expect(code).toBe(65);
}, 200_000);
