import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialTail, poissonBinomialTail } from "../../../../collector/analysis/detect/statistics.ts";
import { type Expected, findBurst } from "../../../../collector/analysis/losses/burst.ts";
import { newLoss } from "../../../../collector/analysis/losses/loss.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";
import { probeOf, T0 } from "../build.ts";

const MINUTE = 60_000;
const TESTING = { settings: SETTINGS, fleet: 10 };

/** Probes of one cell, the first of them lost at the given minutes. */
function cell(count: number, lostAt: readonly number[], dropChance = 0.0014): Expected[] {
  return Array.from({ length: count }, (_, index) => {
    const probe = probeOf(String.fromCharCode(65 + index));
    const at = lostAt[index];
    return { probe, dropChance, loss: at === undefined ? null : newLoss(probe, T0 + at * MINUTE, null) };
  });
}

describe("the tail of independent trials", () => {
  it("is the binomial's where all chances are alike, and no larger where they differ", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 0.3, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 30 }),
        (chances, k) => {
          const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
          const alike = chances.map(() => mean);
          expect(poissonBinomialTail(k, alike)).toBeCloseTo(
            k > chances.length ? 0 : binomialTail(k, chances.length, mean),
            9,
          );
          if (k >= mean * chances.length + 1)
            expect(poissonBinomialTail(k, chances)).toBeLessThanOrEqual(poissonBinomialTail(k, alike) + 1e-12);
        },
      ),
    );
    expect([poissonBinomialTail(0, []), poissonBinomialTail(1, [])]).toEqual([1, 0]);
    expect(poissonBinomialTail(200, Array<number>(300).fill(0.001))).toBeLessThan(1e-100);
  });
});

describe("a burst", () => {
  it("is most of a cell at once, not half of four, not what a restless network does by itself", () => {
    expect(findBurst([cell(4, [0, 0, 0])], "burst", TESTING)?.lost).toHaveLength(3);
    expect(findBurst([cell(4, [0, 0])], "burst", TESTING)).toBeNull();
    expect(findBurst([cell(4, [0, 0, 0], 0.2)], "burst", TESTING)).toBeNull();
  });

  it("needs one moment for few probes, and none for many", () => {
    expect(findBurst([cell(3, [0, 2, 4])], "burst", TESTING)).toBeNull();
    expect(findBurst([cell(8, [0, 1, 2, 3, 4, 4, 3, 2])], "burst", TESTING)?.lost).toHaveLength(8);
  });

  it("needs less chance in a larger fleet", () => {
    const pair = [cell(2, [0, 0])];
    expect(findBurst(pair, "burst", TESTING)?.lost).toHaveLength(2);
    expect(findBurst(pair, "burst", { settings: SETTINGS, fleet: 1000 })).toBeNull();
  });

  it("as a fade is a smaller share over an hour, of at least four", () => {
    expect(findBurst([cell(10, [0, 10, 20, 40, 50])], "fade", TESTING)?.lost).toHaveLength(5);
    expect(findBurst([cell(5, [0, 10, 20])], "fade", TESTING)).toBeNull();
  });
});
