import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement, type Bounds } from "../../../../collector/analysis/losses/consensus.ts";

const TRUTH = 1_000_000;
const around = fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 30_000 }));
const honest = around.map(([before, after]): Bounds => [TRUTH - before, TRUTH + after]);
const anywhere = fc
  .tuple(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 30_000 }))
  .map(([from, length]): Bounds => [from, from + length]);

describe("agreement between probes on one moment", () => {
  it("holds the truth when every probe's interval does, and is no wider than the widest", () => {
    fc.assert(
      fc.property(fc.array(honest, { minLength: 1, maxLength: 40 }), (intervals) => {
        const found = agreement(intervals, 0.8, 0);
        expect(found?.support).toBe(intervals.length);
        expect(found?.bounds[0]).toBeLessThanOrEqual(TRUTH);
        expect(found?.bounds[1]).toBeGreaterThanOrEqual(TRUTH);
      }),
    );
  });

  it("holds the truth although a tenth lies in any way it likes", () => {
    fc.assert(
      fc.property(
        fc
          .array(honest, { minLength: 9, maxLength: 40 })
          .chain((good) => fc.tuple(fc.constant(good), fc.array(anywhere, { maxLength: Math.floor(good.length / 9) }))),
        ([good, lies]) => {
          const found = agreement([...good, ...lies], 0.8, 0);
          expect(found?.bounds[0]).toBeLessThanOrEqual(TRUTH);
          expect(found?.bounds[1]).toBeGreaterThanOrEqual(TRUTH);
          const sorted = good.map(([from]) => from).sort((a, b) => a - b);
          expect(found?.bounds[0]).toBeGreaterThanOrEqual(sorted[0] ?? 0);
        },
      ),
    );
  });

  it("is nothing for nobody, and adds the slack on both sides", () => {
    expect(agreement([], 1, 10)).toBeNull();
    expect(agreement([[100, 200]], 1, 10)).toEqual({ bounds: [90, 210], support: 1 });
    expect(
      agreement(
        [
          [100, 200],
          [150, 300],
        ],
        1,
        0,
      ),
    ).toEqual({ bounds: [150, 200], support: 2 });
    expect(
      agreement(
        [
          [0, 10],
          [100, 110],
        ],
        1,
        0,
      )?.support,
    ).toBe(1);
  });
});
