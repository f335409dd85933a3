import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Db } from "../../../collector/store/database.ts";
import type { Dimension, PresenceQuery } from "../../../collector/store/rollups.ts";
import type { Store, Window } from "../../../collector/store/store.ts";
import { expectRecounted } from "./recount.ts";
import { withStore } from "./with-store.ts";

const MINUTE = 60_000;
const STEP = 5 * MINUTE;
const T0 = Date.parse("2026-03-01T22:00:00Z");
const ALL = { role: "witness", asn: null, region: null, access: null } as const;
const at = (minutes: number) => T0 + minutes * MINUTE;
const PROBES = [
  { id: "a".repeat(32), role: "witness", asn: 9198, region: "KZ-75", access: "fixed" },
  { id: "b".repeat(32), role: "witness", asn: 9198, region: "KZ-71", access: "fixed" },
  { id: "c".repeat(32), role: "witness", asn: 29355, region: "KZ-75", access: null },
  { id: "d".repeat(32), role: "control", asn: 3320, region: "DE", access: null },
] as const;
const [A, B, C, D] = PROBES.map(({ id }) => id) as [string, string, string, string];

const inStore = <T>(work: (store: Store, db: Db) => Promise<T>): Promise<T> =>
  withStore(
    PROBES.map((probe) => ({ ...probe, from: new Date(T0).toISOString(), to: null })),
    work,
  );

async function lanes(store: Store, minutes: number, more: Partial<PresenceQuery> = {}) {
  const found = await store.rollups.presence({ from: T0, to: at(minutes), stepMs: STEP, by: [], ...ALL, ...more });
  return found.map(({ parts, ...labels }) => ({
    ...labels,
    parts: parts.map(({ min, max, expected }) => [min, max, expected]),
  }));
}

describe("presence over time", () => {
  test("is the smallest and largest number at once, and how many were expected", () =>
    inStore(async (store) => {
      await store.presence.open(A, at(1));
      await store.presence.open(B, at(2));
      await store.presence.beats([], at(6));
      await store.presence.close([{ probe: B, to: at(3) }], at(7));
      await store.presence.beats([], at(11));
      expect(await lanes(store, 15)).toEqual([
        {
          parts: [
            [0, 2, 3],
            [1, 1, 3],
            [1, 1, 3],
          ],
        },
      ]);
      expect(await lanes(store, 5, { by: ["region"] })).toEqual([
        { region: "KZ-71", parts: [[0, 1, 1]] },
        { region: "KZ-75", parts: [[0, 1, 2]] },
      ]);
      expect(await lanes(store, 5, { region: "KZ-75", by: ["asn"] })).toEqual([
        { asn: 29355, parts: [[0, 0, 1]] },
        { asn: 9198, parts: [[0, 1, 1]] },
      ]);
      expect(await lanes(store, 5, { role: "control" })).toEqual([{ parts: [[0, 0, 1]] }]);
    }));

  test("is exact for a sum whose parts change one after the other", () =>
    inStore(async (store) => {
      for (const probe of [A, B, C]) await store.presence.open(probe, at(0));
      await store.presence.close([{ probe: A, to: at(1) }], at(1.5));
      await store.presence.open(A, at(2));
      await store.presence.close([{ probe: B, to: at(3) }], at(4));
      await store.presence.beats([], at(5));
      // Never more than one was away at once, though two regions had a smallest number of one less.
      expect(await lanes(store, 5)).toEqual([{ parts: [[2, 3, 3]] }]);
    }));

  test("is unknown, not nothing, while the collector did not run, and before anybody joined", () =>
    inStore(async (store) => {
      await store.presence.open(A, at(0));
      await store.presence.beats([{ probe: A, to: at(6) }], at(7));
      await store.gaps.add({ from: at(7), to: at(20) });
      await store.presence.closeAll(at(20));
      await store.presence.beats([], at(22));
      expect(await lanes(store, 25, { from: at(-5) })).toEqual([
        {
          parts: [
            [null, null, 0],
            [1, 1, 3],
            [0, 1, 3],
            [null, null, 3],
            [null, null, 3],
            [0, 0, 3],
          ],
        },
      ]);
    }));

  test("expects nobody after an archive ended, until they are heard again", () =>
    inStore(async (store) => {
      await store.presence.addKnown([{ probe: A, from: at(0), to: at(4), received: at(4) }]);
      await store.presence.beats([], at(14));
      await store.presence.open(A, at(12));
      await store.presence.beats([], at(15));
      expect(await lanes(store, 15, { asn: 9198, region: "KZ-75" })).toEqual([
        {
          parts: [
            [0, 1, 1],
            [0, 0, 0],
            [0, 1, 1],
          ],
        },
      ]);
    }));

  test("stays where it was counted when a probe moves", () =>
    inStore(async (store, db) => {
      await store.presence.open(A, at(0));
      await store.presence.beats([], at(5));
      await store.presence.close([{ probe: A, to: at(5) }], at(5));
      const enrolment = { role: "witness", region: "KZ-79", asn: 21299, access: "mobile", own: false } as const;
      await store.invites.add({ hash: "h", ...enrolment, created: 1, expires: at(99), used: null, probe: null });
      await store.invites.redeem("h", { id: A, publicKey: "k", consent: "1" }, at(5));
      await store.presence.open(A, at(5));
      await store.presence.beats([], at(10));
      const found = await lanes(store, 10, { by: ["region"] });
      const levels = (code: string) =>
        found.find(({ region }) => region === code)?.parts.map(([min, max]) => [min, max]);
      expect(levels("KZ-75")).toEqual([
        [1, 1],
        [0, 0],
      ]);
      expect(levels("KZ-79")).toEqual([
        [0, 0],
        [1, 1],
      ]);
      expectRecounted(db);
    }));

  test("steps that are no multiple of five minutes are refused", () =>
    inStore(async (store) => {
      await expect(lanes(store, 10, { stepMs: 7 * MINUTE })).rejects.toThrow("multiple of five minutes");
    }));
});

type Row = { probe: string; from: number; to: number; received: number | null };
type Model = { rows: Row[]; gaps: Window[]; alive: number | null; now: number };
type Act = (store: Store, model: Model) => Promise<void>;

/** A second's grid half a step off, so that a moment of the check never is an edge. */
const HALF = MINUTE / 2;

const steps = fc.nat({ max: 240 });
const probe = fc.constantFrom(A, B, C, D);

const open = probe.map(
  (id): Act =>
    async (store, model) => {
      if (model.rows.some((row) => row.probe === id && (row.received === null || row.from === model.now))) return;
      await store.presence.open(id, model.now);
      model.rows.push({ probe: id, from: model.now, to: model.now, received: null });
    },
);
const beats = steps.map(
  (minutes): Act =>
    async (store, model) => {
      model.now += minutes * MINUTE;
      const running = model.rows.filter(({ received }) => received === null);
      for (const row of running) row.to = Math.max(row.from, model.now - 2 * MINUTE);
      model.alive = model.now;
      await store.presence.beats(
        running.map(({ probe: id, to }) => ({ probe: id, to })),
        model.now,
      );
    },
);
const close = probe.map(
  (id): Act =>
    async (store, model) => {
      const row = model.rows.find((one) => one.probe === id && one.received === null);
      if (row === undefined) return;
      row.received = model.now;
      await store.presence.close([{ probe: id, to: row.to }], model.now);
    },
);
const restart = steps.map(
  (minutes): Act =>
    async (store, model) => {
      const gap = { from: model.alive ?? model.now, to: model.now + minutes * MINUTE };
      model.now = gap.to;
      if (model.alive !== null && gap.from < gap.to) {
        await store.gaps.add(gap);
        model.gaps.push(gap);
      }
      for (const row of model.rows) row.received ??= model.now;
      await store.presence.closeAll(model.now);
      model.alive = model.now;
      await store.presence.beats([], model.now);
    },
);
const archive = fc
  .array(fc.tuple(probe, steps, fc.integer({ min: 1, max: 2000 }), fc.boolean()), { minLength: 1, maxLength: 4 })
  .map(
    (list): Act =>
      async (store, model) => {
        const rows = list.map(([id, from, length, silent]) => {
          const to = at(from + length);
          return { probe: id, from: at(from), to, received: silent ? to + 2 * MINUTE : to };
        });
        await store.presence.addKnown(rows);
        for (const row of rows) {
          const before = model.rows.find((one) => one.probe === row.probe && one.from === row.from);
          if (before === undefined) model.rows.push({ ...row });
          else if (before.received !== null && row.received > before.received)
            Object.assign(before, { to: row.to, received: row.received });
        }
      },
  );

/** Counts moment by moment. */
function counted({ rows, gaps, alive }: Model, window: Window, chosen: (id: string) => boolean) {
  const until = alive ?? Math.max(0, ...rows.map(({ to }) => to));
  const found: number[] = [];
  for (let moment = window.from + HALF; moment < Math.min(window.to, until); moment += MINUTE) {
    if (moment < T0 || gaps.some(({ from, to }) => from <= moment && moment < to)) continue;
    const there = rows.filter(
      ({ probe: id, from, to, received }) => chosen(id) && from <= moment && moment < (received === null ? until : to),
    );
    found.push(there.length);
  }
  return found.length === 0 ? [null, null] : [Math.min(...found), Math.max(...found)];
}

test("presence is counted as a full recount would, and as counting each minute, after any sequence of changes", async () => {
  const acts = fc.array(fc.oneof(open, beats, close, restart, archive), { maxLength: 14 });
  const by: readonly Dimension[] = ["asn", "region"];
  await fc.assert(
    fc.asyncProperty(acts, (list) =>
      inStore(async (store, db) => {
        const model: Model = { rows: [], gaps: [], alive: null, now: T0 };
        for (const act of list) {
          await act(store, model);
          model.now += MINUTE;
        }
        expectRecounted(db);
        for (const stepMs of [STEP, 12 * STEP, 288 * STEP]) {
          const window = { from: T0, to: at(3000) };
          for (const lane of await store.rollups.presence({ ...window, ...ALL, stepMs, by }))
            for (const { from, to, min, max } of lane.parts)
              expect([min, max, new Date(from)]).toEqual([
                ...counted(model, { from, to }, (id) =>
                  PROBES.some((one) => one.id === id && one.asn === lane.asn && one.region === lane.region),
                ),
                new Date(from),
              ]);
        }
      }),
    ),
    { numRuns: 60 },
  );
}, 120_000);
