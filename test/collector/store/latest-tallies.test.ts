import fc from "fast-check";
import { expect, test } from "vitest";
import type { Judged } from "../../../collector/analysis/types.ts";
import type { LatestTally } from "../../../collector/store/store.ts";
import { VERDICT_CODES } from "../../../protocol/verdict.ts";
import { withStore } from "./with-store.ts";

const PROBES = ["a", "b", "c", "d"].map((letter) => letter.repeat(32));
const ANYWHERE = { role: "witness", asn: null, region: null, access: null } as const;
const KNOWN = PROBES.map((id) => ({ id, ...ANYWHERE, from: "2026-03-01T22:00:00.000Z", to: null }));
const SINCE = 500;

const drawn = fc.record({
  probe: fc.constantFrom(...PROBES),
  target: fc.constantFrom("orda.kz", "vlast.kz"),
  asn: fc.constantFrom(9198, 29355, null),
  measuredAt: fc.integer({ min: 0, max: 1000 }),
  code: fc.constantFrom(...VERDICT_CODES),
});

test("the latest verdicts are counted by network and region, those of probes that stand nowhere not at all", async () => {
  const places = fc.dictionary(fc.constantFrom(...PROBES), fc.constantFrom("KZ-75", "KZ-71", null));
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { maxLength: 30 }), places, async (rows, placed) => {
      const regions = new Map(Object.entries(placed));
      await withStore(KNOWN, async ({ verdicts }) => {
        await verdicts.put(rows.map(judged));
        const latest = await verdicts.latest(SINCE);
        for (const target of [undefined, "orda.kz"]) {
          const own = latest.filter((row) => regions.has(row.probe) && (target ?? row.target) === row.target);
          const wanted = counted(own.map((row) => ({ ...row, region: regions.get(row.probe) ?? null })));
          expect(sorted(await verdicts.latestTallies(SINCE, regions, target))).toEqual(sorted(wanted));
        }
      });
    }),
    { numRuns: 30 },
  );
});

function judged({ code, ...row }: typeof drawn extends fc.Arbitrary<infer Row> ? Row : never, seq: number): Judged {
  const told = { stage: "none", strength: "weak", rule: "r", rulesVersion: "1", reasons: [] } as const;
  return { ...row, seq, region: null, verdict: { code, ...told, reasons: [] } };
}

type Counted = Omit<LatestTally, "probes" | "last"> & { readonly measured: number };

function counted(rows: readonly Counted[]): LatestTally[] {
  const found = new Map<string, LatestTally>();
  for (const { target, asn, region, code, measured } of rows) {
    const name = JSON.stringify([target, asn, region, code]);
    const { probes = 0, last = 0 } = found.get(name) ?? {};
    found.set(name, { target, asn, region, code, probes: probes + 1, last: Math.max(last, measured) });
  }
  return [...found.values()];
}

function sorted(tallies: readonly LatestTally[]): string[] {
  return tallies
    .map(({ target, asn, region, code, probes, last }) => JSON.stringify([target, asn, region, code, probes, last]))
    .sort();
}
