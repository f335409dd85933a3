import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Analysis, Item } from "../../../collector/analysis/types.ts";
import { deliver } from "../../../collector/ingest/deliver.ts";
import { hashCode, newCode } from "../../../collector/ingest/invite-code.ts";
import { joinProbe } from "../../../collector/ingest/join.ts";
import { createRateLimits, RATES } from "../../../collector/ingest/limits.ts";
import { NO_METER } from "../../../collector/ingest/meter.ts";
import { createPresence } from "../../../collector/ingest/presence.ts";
import { createTurns } from "../../../collector/ingest/turns.ts";
import { type AnalysisRunner, startAnalysis } from "../../../collector/judging/analysis-runner.ts";
import { storedItems } from "../../../collector/judging/stored-items.ts";
import { openDatabase } from "../../../collector/store/database.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { signText } from "../../../protocol/signature.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { createTestProbe, packed, type TestProbe, webDraft } from "../test-probe.ts";

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

test("a fault of the analysis at the start does not keep the collector from starting", async () => {
  const broken = async (makeAnalysis: () => Analysis) => {
    const runner = await startAnalysis({ store, makeAnalysis, log });
    await expect(runner.feed([{ type: "tick", at: 1 }], 1)).resolves.toBeUndefined();
  };
  const fault = (): never => {
    throw new Error("a fault in a rule");
  };
  const whole = scripted({ incidents: [], applied: [] });
  await broken(fault);
  await broken(() => ({ ...whole, takeVerdicts: fault }));
  await broken(() => ({ ...whole, incidents: fault }));
});

test("one verdict that cannot be stored does not keep others from being stored", async () => {
  const probe = createTestProbe();
  await store.probes.addKnown({ id: probe.id, role: "witness", asn: 1, region: "KZ-75", access: null }, null);
  const verdict: Verdict = { code: "ok", stage: "none", strength: "weak", rule: "r", rulesVersion: "1", reasons: [] };
  const judged = (seq: number, measuredAt: number) => ({
    ...{ probe: probe.id, seq, target: "orda.kz", asn: 1, region: "KZ-75", measuredAt, verdict },
  });
  let fresh = [judged(1, 1000), judged(2, 1000.5), judged(3, 1000)];
  const analysis = scripted({ incidents: [], applied: [] });
  const takeVerdicts = () => fresh.splice(0);
  const runner = await startAnalysis({ store, makeAnalysis: () => ({ ...analysis, takeVerdicts }), log });
  fresh = [judged(4, 1000)];
  await runner.feed([], 1);
  const all = { from: 0, to: 1e6, target: null, asOf: 1e15, after: null, limit: 10 };
  expect((await store.verdicts.list(all)).rows.map(({ seq }) => seq).sort()).toEqual([1, 3, 4]);
});

test("stored rows that cannot be read are told and left out of a rebuild", async () => {
  const probe = createTestProbe();
  await store.probes.addKnown({ id: probe.id, role: "witness", asn: 1, region: "KZ-75", access: null }, null);
  const rows = [probe.write(), probe.write(), probe.write()].map(({ text, hash, seq }) => ({
    ...{ seq, hash, kind: "alive" as const, target: null, at: 1, received: Date.now() },
    text: seq === 2 ? '{"broken' : text,
  }));
  await store.entries.addKnown(probe.id, rows);
  const db = await openDatabase(join(folder.path, "collector.db"));
  db.exec(`INSERT INTO incident VALUES ('x', 1, 0, NULL, 0, NULL, '{"broken')`);
  db.close();
  const lines: string[] = [];
  const found = { incidents: [], applied: [] as Item[] };
  const telling = pino({ level: "error" }, { write: (line: string) => void lines.push(line) });
  await startAnalysis({ store, makeAnalysis: () => scripted(found), log: telling });
  const entries = found.applied.filter((item) => item.type === "entry");
  expect(entries.map(({ entry }) => entry.seq)).toEqual([1, 3]);
  expect(lines.join("")).toContain('"seq":2');
  expect(await listed()).toEqual([]);
});

test("a rebuild sees what the live analysis saw, in the same order", async () => {
  const live: Item[] = [];
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const turns = createTurns(now);
  const feed = async (items: readonly Item[]) => void live.push(...items);
  const presence = createPresence({ table: store.presence, turns, feed, heartbeatS: 30, log, now });
  const config = () => ({ heartbeatS: 30, roundS: 900, linkS: 15, list: { version: "1", targets: [], anchors: [] } });
  const dnsPresence = createPresence({ table: store.dnsPresence, route: "dns", turns, feed, heartbeatS: 30, log, now });
  const intake = {
    store,
    turns,
    presence,
    dnsPresence,
    feed,
    config,
    log,
    limits: createRateLimits(RATES),
    salt: "salt",
    meter: NO_METER,
  };
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
