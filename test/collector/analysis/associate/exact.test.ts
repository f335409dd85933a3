import { describe, expect, test } from "vitest";
import { createDraws } from "../../../../collector/analysis/associate/draws.ts";
import {
  binomialAtLeast,
  fisherGreater,
  oddsInterval,
  oddsRatio,
  riskDifference,
} from "../../../../collector/analysis/associate/exact.ts";

describe("exact numbers of a fourfold table", () => {
  // Fisher's tea tasting (The Design of Experiments, 1935), with the one-sided bound that R's fisher.test gives.
  const tea = { eventWith: 3, eventWithout: 1, ordinaryWith: 1, ordinaryWithout: 3 };
  // Fisher's convictions of twins (1962), with the interval of R's help page; R's search stops at one in ten thousand.
  const twins = { eventWith: 2, eventWithout: 15, ordinaryWith: 10, ordinaryWithout: 3 };

  test("are those of the lady who tasted tea", () => {
    expect(fisherGreater(tea)).toBeCloseTo(17 / 70, 10);
    expect(oddsInterval(tea, 0.9)[0]).toBeCloseTo(0.3135693, 4);
    // R gives 621.93, as it looks for the inverse and stops at one in ten thousand; exact is the odds ratio at which all
    // four right have a chance of 0.975.
    const [low, high] = oddsInterval(tea);
    expect(1 / (high ?? 0)).toBeCloseTo(1 / 621.93, 4);
    const odds = high ?? 0;
    expect(odds ** 4 / (1 + 16 * odds + 36 * odds ** 2 + 16 * odds ** 3 + odds ** 4)).toBeCloseTo(0.975, 8);
    expect(low).toBeCloseTo(0.2117, 4);
    expect(oddsRatio(tea)).toBeCloseTo((3.5 * 3.5) / (1.5 * 1.5), 10);
  });

  test("are those of the convicted twins", () => {
    const [low, high] = oddsInterval(twins);
    expect(low).toBeCloseTo(0.003325764, 4);
    expect(high).toBeCloseTo(0.363182271, 3);
  });

  test("have open ends where a cell is empty", () => {
    expect(oddsInterval({ eventWith: 4, eventWithout: 0, ordinaryWith: 0, ordinaryWithout: 4 })[1]).toBeNull();
    expect(oddsInterval({ eventWith: 0, eventWithout: 4, ordinaryWith: 4, ordinaryWithout: 0 })[0]).toBe(0);
  });

  // Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, case (a) 56/70 - 48/80, method 10.
  test("give the risk difference that Newcombe gives", () => {
    const { difference, interval } = riskDifference({
      ...{ eventWith: 56, eventWithout: 14, ordinaryWith: 48, ordinaryWithout: 32 },
    });
    expect(difference).toBeCloseTo(0.2, 10);
    expect(interval[0]).toBeCloseTo(0.0524, 4);
    expect(interval[1]).toBeCloseTo(0.3339, 4);
  });

  test("give the chances of a binomial", () => {
    expect(binomialAtLeast(2, 4, 0.5)).toBeCloseTo(11 / 16, 12);
    expect([binomialAtLeast(0, 4, 0.2), binomialAtLeast(1, 4, 0), binomialAtLeast(4, 4, 1)]).toEqual([1, 0, 1]);
  });
});

describe("draws", () => {
  test("are the same for the same seed, others for another, and even", () => {
    const ten = (seed: string) => {
      const draw = createDraws(seed);
      return Array.from({ length: 10_000 }, () => draw(10));
    };
    expect(ten("a")).toEqual(ten("a"));
    expect(ten("a")).not.toEqual(ten("b"));
    const counts = Array.from({ length: 10 }, (_, value) => ten("a").filter((one) => one === value).length);
    // Chi-squared with nine degrees of freedom: 27.9 is passed once in a thousand seeds.
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
  });
});
