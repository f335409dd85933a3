import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { expect, test } from "vitest";
import { createAnalysis } from "../../../collector/analysis/analysis.ts";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import { startAnalysis } from "../../../collector/judging/analysis-runner.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { runKuager, temporaryFolder } from "../../end-to-end/processes.ts";
import { archiveOf } from "../../sim/archive.ts";
import { generate } from "../../sim/generate.ts";
import { ONE_BLOCK } from "../../sim/scenarios/basic.ts";
import { block } from "./scene.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

test("a restart that reads only the last thirty days makes nothing new of a block in whose middle it begins", async () => {
  const folder = temporaryFolder();
  const { knowledge } = loadCatalogue();
  const scenario = { ...ONE_BLOCK, targets: ["meduza.io", "orda.kz"] };
  const file = join(folder.path, "archive.ndjson");
  writeFileSync(
    file,
    [...archiveOf(scenario, generate(scenario, knowledge.targets, 1), (id) => `https://${id}/`)].join(""),
  );
  const imported = await runKuager(["collector", "import", file, "--unsigned", "--data", folder.path]);
  expect(imported.code, imported.stderr).toBe(0);
  const store = await openStore(folder.path);
  const log = pino({ level: "silent" });
  const life = async (now: number) => {
    await startAnalysis({ store, makeAnalysis: () => createAnalysis(knowledge), log, settleMs: 0, now: () => now });
    return (await store.publications.newest()).map(({ number, version, incident }) => ({
      number,
      version,
      id: incident.id,
    }));
  };
  const first = await life(scenario.to + HOUR_MS);
  expect(first).toMatchObject([{ number: "KZ-2023-0001", version: 1 }]);
  // Thirty days back from then lies six hours after the block began.
  const middle = scenario.from + 24 * HOUR_MS;
  expect(await life(middle + 30 * DAY_MS)).toEqual(first);
  const current = await store.incidents.list({
    from: 0,
    to: middle + 31 * DAY_MS,
    asOf: null,
    openOnly: false,
    limit: 99,
  });
  const tails = current.filter(({ id, targets }) => id !== first[0]?.id && targets.includes("meduza.io"));
  expect(tails.length).toBeGreaterThan(0);
  for (const { id } of tails) expect(await store.publications.numberOf(id)).toBe("KZ-2023-0001");
  expect(await life(middle + 40 * DAY_MS)).toEqual(first);
  await store.close();
  folder.remove();
}, 300_000);

test("what began shortly after the moment from which a rebuild reads is not taken back for not being found", async () => {
  const folder = temporaryFolder();
  const store = await openStore(folder.path);
  const now = Date.parse("2026-06-01T00:00:00Z");
  const from = now - 30 * DAY_MS;
  const probe = "a".repeat(32);
  await store.probes.addKnown({ id: probe, role: "witness", asn: 9198, region: "KZ-75", access: null }, null);
  const row = { seq: 1, kind: "alive", target: null, at: from, text: "{}", hash: "h" } as const;
  const incident = (id: string, startMs: number) => {
    const start = new Date(startMs).toISOString();
    return block(id, 0, {
      targets: [`${id}.kz`],
      start: { earliest: start, latest: start },
      end: { earliest: start, latest: start },
    });
  };
  const found = { apply: () => undefined, takeVerdicts: () => [], incidents: () => [], rulesVersion: "test/1" };
  const left = async () => {
    await store.incidents.put([incident("early", from + HOUR_MS), incident("late", from + 9 * DAY_MS)], from);
    await startAnalysis({ store, makeAnalysis: () => found, log: pino({ level: "silent" }), now: () => now });
    return store.incidents.idsSince(0);
  };
  expect(await left()).toEqual([]);
  await store.entries.addKnown(probe, [{ ...row, received: from - DAY_MS }]);
  expect(await left()).toEqual(["early"]);
  await store.close();
  folder.remove();
});
