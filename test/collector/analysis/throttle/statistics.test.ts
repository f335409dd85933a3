import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFall } from "../../../../collector/analysis/throttle/change-point.ts";
import { believable } from "../../../../collector/analysis/throttle/false-discovery.ts";
import { pseudoMedian, signedRankP } from "../../../../collector/analysis/throttle/wilcoxon.ts";

/** Chance by trying every choice of signs for the magnitudes seen. */
function bruteForce(values: readonly number[]): number {
  const kept = values.filter((value) => value !== 0);
  const magnitudes = kept.map(Math.abs);
  const rankOf = (value: number) => {
    const below = magnitudes.filter((one) => one < value).length;
    const equal = magnitudes.filter((one) => one === value).length;
    return below + (equal + 1) / 2;
  };
  const ranks = magnitudes.map(rankOf);
  const sum = (isPositive: (index: number) => boolean) =>
    ranks.reduce((total, rank, index) => total + (isPositive(index) ? rank : 0), 0);
  const seen = sum((index) => (kept[index] ?? 0) > 0);
  let asSmall = 0;
  for (let signs = 0; signs < 2 ** kept.length; signs++)
    if (sum((index) => ((signs >> index) & 1) === 1) <= seen) asSmall++;
  return asSmall / 2 ** kept.length;
}

describe("the signed-rank test", () => {
  it("gives the chance that trying every choice of signs gives, ties and zeros included", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 10 }), (values) => {
        expect(signedRankP(values)).toBeCloseTo(bruteForce(values), 12);
      }),
      { numRuns: 400 },
    );
  });

  it("ten values below zero are less likely than one in a thousand, nine are not", () => {
    const below = (count: number) => signedRankP(Array.from({ length: count }, (_, index) => -1 - index / 10));
    expect(below(10)).toBe(2 ** -10);
    expect(below(9)).toBeGreaterThan(0.001);
  });

  it("knows the printed tables: n 12, sum 7 is 0.0046; n 20, sum 43 is 0.0096 (Wilcoxon and Wilcox 1964)", () => {
    const withSum = (n: number, sum: number) => {
      const positive = new Set<number>();
      for (let rank = n, left = sum; rank > 0; rank--)
        if (rank <= left) {
          positive.add(rank);
          left -= rank;
        }
      return signedRankP(Array.from({ length: n }, (_, index) => (positive.has(index + 1) ? index + 1 : -index - 1)));
    };
    expect(withSum(12, 7)).toBeCloseTo(0.0046, 4);
    expect(withSum(20, 43)).toBeCloseTo(0.0096, 4);
  });

  it("says nothing of no values", () => {
    expect([signedRankP([]), signedRankP([0, 0])]).toEqual([1, 1]);
  });

  it("moves with its values: lower ones are never less telling", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 }), (values) => {
        expect(signedRankP(values.map((value) => value - 200))).toBeLessThanOrEqual(signedRankP(values) + 1e-12);
      }),
    );
  });
});

describe("the pseudo-median", () => {
  it("lies in its interval, and both move with the values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: -50, max: 50 }),
        (values, shift) => {
          const one = pseudoMedian(values);
          const other = pseudoMedian(values.map((value) => value + shift));
          if (one === null || other === null) throw new Error("values have a pseudo-median");
          expect(one.low).toBeLessThanOrEqual(one.estimate);
          expect(one.high).toBeGreaterThanOrEqual(one.estimate);
          expect(other.estimate).toBeCloseTo(one.estimate + shift, 9);
          expect(other.high - shift).toBe(one.high);
        },
      ),
    );
  });

  it("agrees with a worked example: depression scores, Hollander and Wolfe example 3.1", () => {
    // Differences of the nine patients: estimate -0.46, 96.1 % interval from -0.786 to -0.010.
    const differences = [-0.952, 0.147, -1.022, -0.43, -0.62, -0.59, -0.49, 0.08, -0.01];
    const found = pseudoMedian(differences);
    expect(found?.estimate).toBeCloseTo(-0.46, 2);
    expect(found?.low).toBeCloseTo(-0.786, 3);
    expect(found?.high).toBeCloseTo(-0.01, 3);
    expect(signedRankP(differences)).toBeCloseTo(0.02, 2);
  });

  it("has no bounds for fewer than six values, and none is none", () => {
    expect(pseudoMedian([1, 2, 3, 4, 5])).toEqual({
      estimate: 3,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
    expect(pseudoMedian([1, 2, 3, 4, 5, 6])?.low).toBe(1);
    expect(pseudoMedian([])).toBeNull();
  });

  it("its interval holds the truth in at least 95 of 100 samples", () => {
    let state = 7;
    const uniform = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
    const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, one) => sum + one, -6);
    const held = Array.from({ length: 2000 }, () => pseudoMedian(Array.from({ length: 15 }, normal))).filter(
      (found) => found !== null && found.low <= 0 && found.high >= 0,
    ).length;
    expect(held / 2000).toBeGreaterThan(0.94);
  });
});

describe("false discovery control", () => {
  it("believes those up to the last that its line holds (Benjamini and Hochberg 1995, their example at 0.05)", () => {
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(believable(chances, 0.05).filter(Boolean)).toHaveLength(4);
  });

  it("a test alone needs the rate itself; none is none", () => {
    expect([believable([0.0009], 0.001), believable([0.002], 0.001), believable([], 0.001)]).toEqual([
      [true],
      [false],
      [],
    ]);
  });

  it("a smaller chance is never disbelieved beside a larger one that is believed", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (chances) => {
        const believed = believable(chances, 0.05);
        const worst = Math.max(-1, ...chances.filter((_, index) => believed[index]));
        expect(chances.every((p, index) => p > worst || believed[index])).toBe(true);
      }),
    );
  });
});

describe("the beginning of a fall", () => {
  const noise = (index: number) => ((index * 7919) % 13) / 26 - 0.25;
  const step = (n: number, at: number, depth: number) =>
    Array.from({ length: n }, (_, index) => noise(index) - (index >= at ? depth : 0));

  it("is found where it is, with its interval around it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 35 }), (at) => {
        const found = findFall(step(40, at, 1));
        expect(found?.at).toBe(at);
        expect(found?.earliest).toBeLessThanOrEqual(at);
        expect(found?.latest).toBeGreaterThanOrEqual(at);
      }),
    );
  });

  it("is not found in noise, in a rise, or in too little", () => {
    expect(findFall(step(40, 0, 1))).toBeNull();
    expect(findFall(step(40, 20, -1))).toBeNull();
    expect(findFall([0, -1, -1])).toBeNull();
  });

  it("of a clean step is exact", () => {
    expect(findFall([0, 0, 0, 0, -1, -1, -1, -1])).toEqual({ at: 4, earliest: 4, latest: 4 });
  });
});
