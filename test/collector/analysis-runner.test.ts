import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Analysis, Item } from "../../collector/analysis/types.ts";
import { type AnalysisRunner, startAnalysis } from "../../collector/analysis-runner.ts";
import { deliver } from "../../collector/ingest/deliver.ts";
import { hashCode, newCode } from "../../collector/ingest/invite-code.ts";
import { joinProbe } from "../../collector/ingest/join.ts";
import { createRateLimits } from "../../collector/ingest/limits.ts";
import { createPresence } from "../../collector/ingest/presence.ts";
import { createTurns } from "../../collector/ingest/turns.ts";
import { openStore } from "../../collector/store/open-store.ts";
import type { Store } from "../../collector/store/store.ts";
import { storedItems } from "../../collector/stored-items.ts";
import type { Incident } from "../../protocol/incident.ts";
import { signText } from "../../protocol/signature.ts";
import { temporaryFolder } from "../end-to-end/processes.ts";
import { createTestProbe, packed, type TestProbe, webDraft } from "./test-probe.ts";

let folder: { path: string; remove: () => void };
let store: Store;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore(folder.path);
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const log = pino({ level: "silent" });
const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  ...{ id, kind: "block", method: null, extent: null, targets: [], asns: [], regions: [], access: [], end: null },
  ...{ confidence: "observed", witnesses: 1, measurements: 1, causes: [], detectedAt: "2026-01-01T00:00:00.000Z" },
  start: { earliest: new Date().toISOString(), latest: new Date().toISOString() },
  ...more,
});

/** An analysis that finds what the test tells it to. */
function scripted(found: { incidents: Incident[]; applied: Item[]; faulty?: boolean }): Analysis {
  return {
    apply: (item) => {
      if (found.faulty) throw new Error("a fault in a rule");
      found.applied.push(item);
    },
    takeVerdicts: () => [],
    incidents: () => found.incidents,
    rulesVersion: "test",
  };
}

const start = (found: Parameters<typeof scripted>[0]): Promise<AnalysisRunner> =>
  startAnalysis({ store, makeAnalysis: () => scripted(found), log });
const listed = () =>
  store.incidents.list({ from: 0, to: Number.MAX_SAFE_INTEGER, asOf: null, openOnly: false, limit: 100 });

test("incidents are stored when they appear and withdrawn when the analysis drops them", async () => {
  const found = { incidents: [incident("a")], applied: [] as Item[] };
  const runner = await start(found);
  expect((await listed()).map(({ id }) => id)).toEqual(["a"]);
  found.incidents = [incident("b")];
  await runner.feed([{ type: "tick", at: Date.now() }], Date.now());
  expect((await listed()).map(({ id }) => id)).toEqual(["b"]);
});

test("a rebuild withdraws what it no longer finds, but leaves what is older than it looks", async () => {
  const old = { earliest: "2020-01-01T00:00:00.000Z", latest: "2020-01-01T00:00:00.000Z" };
  await store.incidents.put([incident("recent"), incident("old", { start: old, end: old })], 1000);
  await start({ incidents: [], applied: [] });
  expect((await listed()).map(({ id }) => id)).toEqual(["old"]);
});

test("a fault of the analysis does not end the collecting", async () => {
  const runner = await start({ incidents: [], applied: [], faulty: true });
  await expect(runner.feed([{ type: "tick", at: 1 }], 1)).resolves.toBeUndefined();
});

test("a rebuild sees what the live analysis saw, in the same order", async () => {
  const live: Item[] = [];
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const turns = createTurns(now);
  const feed = async (items: readonly Item[]) => void live.push(...items);
  const presence = createPresence({ table: store.presence, turns, feed, heartbeatS: 30, log, now });
  const config = () => ({ heartbeatS: 30, roundS: 900, linkS: 15, list: { version: "1", targets: [], anchors: [] } });
  const intake = { store, turns, presence, feed, config, log, limits: createRateLimits(), salt: "salt" };
  const probes = [createTestProbe(), createTestProbe()];
  for (const probe of probes) await enrol(intake, probe);
  for (let round = 0; round < 4; round++) {
    for (const probe of probes)
      await deliver(intake, packed(probe.batch([probe.write(webDraft()), probe.write()])), null);
    clock.now += round === 1 ? 120_000 : 1000;
    await presence.sweep();
  }
  clock.now += 90_000;
  await presence.sweep();
  const rebuilt: Item[] = [];
  for await (const item of storedItems(store, 0)) rebuilt.push(item);
  expect(live.map(({ type }) => type)).toContain("silent");
  expect(rebuilt).toEqual(live);
});

async function enrol(intake: Parameters<typeof joinProbe>[0], { publicKey, privateKeyPem }: TestProbe): Promise<void> {
  const code = newCode();
  const wish = { role: "witness" as const, region: "KZ-75", asn: 9198, access: null, own: false };
  const hash = hashCode(intake.salt, code);
  await store.invites.add({ ...wish, hash, created: 0, expires: Date.now() + 1e6, used: null, probe: null });
  const signature = signText(privateKeyPem, "join", code);
  expect(await joinProbe(intake, { code, publicKey, signature, consent: "1" })).toMatchObject({ ok: true });
}
