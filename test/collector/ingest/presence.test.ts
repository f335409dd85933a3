import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Item } from "../../../collector/analysis/types.ts";
import { createPresence, type Presence } from "../../../collector/ingest/presence.ts";
import { createTurns, type Turns } from "../../../collector/ingest/turns.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const PROBE = "a".repeat(32);
let folder: { path: string; remove: () => void };
let store: Store;
let presence: Presence;
let turns: Turns;
let now: number;
let fed: Item[];

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore(join(folder.path, "data"));
  await store.probes.addKnown(
    { id: PROBE, role: "witness", asn: null, region: null, access: null, from: "2026-01-01T00:00:00Z", to: null },
    null,
  );
  now = 1_000_000;
  fed = [];
  turns = createTurns(() => now);
  presence = createPresence({
    table: store.presence,
    turns,
    feed: async (items) => void fed.push(...items),
    heartbeatS: 30,
    log: pino({ level: "silent" }),
    now: () => now,
  });
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const rows = () => store.presence.within({ from: 0, to: Number.MAX_SAFE_INTEGER });
const MINUTE = 60_000;

test("two missed beats are nothing, three are silence since the last", async () => {
  presence.beat(PROBE);
  await turns.idle();
  now += 89_999;
  await presence.sweep();
  expect(presence.present().has(PROBE)).toBe(true);
  now += 1;
  await presence.sweep();
  expect(presence.present().has(PROBE)).toBe(false);
  expect(fed).toEqual([
    { type: "present", at: 1_000_000, probe: PROBE },
    { type: "silent", at: 1_090_000, probe: PROBE, lastBeat: 1_000_000 },
  ]);
  expect(await rows()).toEqual([{ probe: PROBE, from: 1_000_000, to: 1_000_000, received: 1_090_000 }]);
});

test("beats prolong an interval; a probe that returns begins another", async () => {
  presence.beat(PROBE);
  await turns.idle();
  now += MINUTE;
  presence.beat(PROBE);
  now += MINUTE;
  await presence.sweep();
  now += MINUTE;
  await presence.sweep();
  presence.beat(PROBE);
  await turns.idle();
  expect((await rows()).map(({ from, to }) => [from, to])).toEqual([
    [1_000_000, 1_060_000],
    [1_180_001, 1_180_001],
  ]);
});

test("the last beats and that the collector is alive are stored every few seconds", async () => {
  presence.beat(PROBE);
  await presence.sweep();
  now += 3000;
  presence.beat(PROBE);
  await presence.sweep();
  expect((await rows())[0]?.to).toBe(1_000_000);
  now += 3000;
  await presence.sweep();
  expect((await rows())[0]?.to).toBe(1_003_000);
  expect(await store.state.get("alive")).toBe("1006000");
});

test("a presence that could not be stored is tried again with the next beat", async () => {
  const stranger = "b".repeat(32);
  presence.beat(stranger);
  await turns.idle();
  await new Promise(setImmediate);
  expect(presence.present().has(stranger)).toBe(false);
  await store.probes.addKnown(
    { id: stranger, role: "witness", asn: null, region: null, access: null, from: "2026-01-01T00:00:00Z", to: null },
    null,
  );
  presence.beat(stranger);
  await turns.idle();
  expect(fed.map(({ type }) => type)).toEqual(["present"]);
});
