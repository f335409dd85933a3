import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Judged } from "../../../collector/analysis/types.ts";
import type { Db } from "../../../collector/store/database.ts";
import type { VerdictCountQuery } from "../../../collector/store/rollups.ts";
import { packWho, unpackWho } from "../../../collector/store/sqlite/who.ts";
import type { Store } from "../../../collector/store/store.ts";
import { VERDICT_CODES } from "../../../protocol/verdict.ts";
import { expectRecounted } from "./recount.ts";
import { withStore } from "./with-store.ts";

const HOUR = 3_600_000;
const T0 = Date.parse("2026-03-01T22:00:00Z");
const PROBES = [
  { id: "a".repeat(32), asn: 9198, region: "KZ-75", access: "fixed" },
  { id: "b".repeat(32), asn: 9198, region: "KZ-75", access: "fixed" },
  { id: "c".repeat(32), asn: 29355, region: "KZ-75", access: "mobile" },
  { id: "d".repeat(32), asn: null, region: null, access: null },
] as const;
const ALL = { role: "witness", asn: null, region: null, access: null } as const;

const inStore = <T>(work: (store: Store, db: Db) => Promise<T>): Promise<T> =>
  withStore(
    PROBES.map((probe) => ({ ...probe, role: "witness" as const, from: new Date(T0).toISOString(), to: null })),
    work,
  );

function judged(probe: number, seq: number, more: Partial<Judged> & { code?: Judged["verdict"]["code"] } = {}): Judged {
  const { id, asn, region } = PROBES[probe] ?? PROBES[0];
  const { code = "ok", ...rest } = more;
  const verdict: Judged["verdict"] = {
    code,
    stage: "none",
    strength: "weak",
    rule: "r",
    rulesVersion: "1",
    reasons: [],
  };
  return { probe: id, seq, target: "orda.kz", asn, region, measuredAt: T0, verdict, ...rest };
}

describe("verdicts are counted", () => {
  const counts = (store: Store, more: Partial<VerdictCountQuery> = {}) =>
    store.rollups.verdicts({
      ...{ from: T0, to: T0 + 1, grain: "hour", target: null, by: [], rowsMax: 1000, ...ALL },
      ...more,
    });

  test("by code, each probe once however much it measured", () =>
    inStore(async (store) => {
      await store.verdicts.put([judged(0, 1), judged(0, 2), judged(1, 1), judged(2, 1, { code: "tls_drop" })]);
      expect(await counts(store)).toEqual([
        { code: "ok", count: 3, probes: 2 },
        { code: "tls_drop", count: 1, probes: 1 },
      ]);
    }));

  test("under what is asked for, and unknown is not all", () =>
    inStore(async (store) => {
      await store.verdicts.put([judged(0, 1), judged(2, 1), judged(3, 1, { measuredAt: T0 + 3 * HOUR })]);
      expect(await counts(store, { by: ["access", "region"] })).toEqual([
        { code: "ok", count: 1, probes: 1, access: "fixed", region: "KZ-75" },
        { code: "ok", count: 1, probes: 1, access: "mobile", region: "KZ-75" },
      ]);
      const days = await counts(store, {
        grain: "day",
        from: T0 - 24 * HOUR,
        to: T0 + 48 * HOUR,
        by: ["start", "asn"],
      });
      expect(days).toEqual([
        { code: "ok", count: 1, probes: 1, asn: 9198, start: Date.parse("2026-03-01") },
        { code: "ok", count: 1, probes: 1, asn: 29355, start: Date.parse("2026-03-01") },
        { code: "ok", count: 1, probes: 1, asn: null, start: Date.parse("2026-03-02") },
      ]);
      expect(await counts(store, { asn: 29355 })).toEqual([{ code: "ok", count: 1, probes: 1 }]);
      expect(await counts(store, { role: "control" })).toEqual([]);
      expect(await counts(store, { target: "vlast.kz" })).toEqual([]);
    }));

  test("where they are when one is judged again", () =>
    inStore(async (store) => {
      await store.verdicts.put([judged(0, 1, { code: "inconclusive" }), judged(1, 1)]);
      await store.verdicts.put([judged(0, 1, { code: "tls_drop" })]);
      await store.verdicts.put([judged(0, 1, { code: "tls_drop" })]);
      expect(await counts(store)).toEqual([
        { code: "ok", count: 1, probes: 1 },
        { code: "tls_drop", count: 1, probes: 1 },
      ]);
    }));

  test("not at all when the batch is not stored", () =>
    inStore(async (store, db) => {
      await expect(store.verdicts.put([judged(0, 1), judged(0, 2, { measuredAt: 0.5 })])).rejects.toThrow();
      expect(await counts(store)).toEqual([]);
      expectRecounted(db);
    }));

  test("within a bound, which is told", () =>
    inStore(async (store) => {
      await store.verdicts.put([judged(0, 1), judged(2, 1)]);
      await expect(counts(store, { rowsMax: 1 })).rejects.toMatchObject({ code: "too_much" });
      await expect(counts(store, { target: "orda.kz", to: T0 + 5 * HOUR, rowsMax: 3 })).rejects.toMatchObject({
        code: "too_much",
      });
    }));

  test("as a full recount would, after any sequence of verdicts and of verdicts judged again", async () => {
    const one = fc
      .record({
        probe: fc.nat({ max: 3 }),
        seq: fc.integer({ min: 1, max: 5 }),
        code: fc.constantFrom(...VERDICT_CODES),
        target: fc.constantFrom("orda.kz", "vlast.kz"),
        hour: fc.nat({ max: 30 }),
        asn: fc.constantFrom(9198, 21299, null),
      })
      .map(({ probe, seq, code, target, hour, asn }) =>
        judged(probe, seq, { code, target, measuredAt: T0 + hour * HOUR, asn }),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(one, { maxLength: 6 }), { maxLength: 8 }), (batches) =>
        inStore(async (store, db) => {
          for (const batch of batches) await store.verdicts.put(batch);
          expectRecounted(db);
          const kept = new Map(batches.flat().map((verdict) => [`${verdict.probe} ${verdict.seq}`, verdict]));
          const query = { from: T0 - 48 * HOUR, to: T0 + 99 * HOUR, by: [] };
          for (const grain of ["hour", "day"] as const)
            for (const { code, count, probes } of await counts(store, { ...query, grain })) {
              const own = [...kept.values()].filter(({ verdict }) => verdict.code === code);
              expect([count, probes]).toEqual([own.length, new Set(own.map(({ probe }) => probe)).size]);
            }
        }),
      ),
      { numRuns: 30 },
    );
  });
});

describe("verdicts as of a moment", () => {
  const query = { from: 0, to: T0 * 2, target: null, after: null, limit: 100 };
  const codes = async (store: Store, asOf: number) =>
    (await store.verdicts.list({ ...query, asOf })).rows.map(({ verdict }) => verdict.code);

  test("are those of then, wherever they stand now", () =>
    inStore(async (store) => {
      await store.verdicts.put([judged(0, 1, { code: "inconclusive" }), judged(1, 1)], 1000);
      await store.verdicts.put([judged(0, 1, { code: "tls_drop", measuredAt: T0 + HOUR })], 2000);
      expect(await codes(store, 999)).toEqual([]);
      expect(await codes(store, 1000)).toEqual(["ok", "inconclusive"]);
      expect(await codes(store, 1999)).toEqual(["ok", "inconclusive"]);
      expect(await codes(store, 2000)).toEqual(["tls_drop", "ok"]);
    }));

  test("do not change for a moment that has passed, whatever the clock does", () =>
    inStore(async (store) => {
      await store.verdicts.put([judged(0, 1)], 5000);
      const then = await store.verdicts.lastChange();
      await store.verdicts.put([judged(1, 1)], 4000);
      expect(await codes(store, then)).toEqual(["ok"]);
      expect(await store.verdicts.lastChange()).toBeGreaterThan(then);
    }));

  test("that are told again unchanged are no change", () =>
    inStore(async (store) => {
      await store.verdicts.put([judged(0, 1)], 5000);
      await store.verdicts.put([judged(0, 1)], 6000);
      expect(await store.verdicts.lastChange()).toBe(5000);
    }));
});

test("counts by probe are packed and unpacked unchanged", () => {
  const who = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 0, max: 1e6 })));
  fc.assert(
    fc.property(who, (pairs) => {
      const map = new Map(pairs);
      expect(unpackWho(packWho(map))).toEqual(map);
      expect(packWho(map)).toEqual(packWho(new Map([...map].reverse())));
    }),
  );
});
