import { describe, expect, it } from "vitest";
import { binomialTail, lnBetaBinomial, lnGamma, median } from "../../../../collector/analysis/detect/statistics.ts";

describe("statistics", () => {
  it("lnGamma agrees with factorials", () => {
    expect(lnGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(lnGamma(0.1)).toBeCloseTo(2.252712651734206, 12);
  });

  it("the beta-binomial chances of all outcomes add up to one", () => {
    const choose = [1, 4, 6, 4, 1];
    const total = choose.reduce((sum, ways, k) => sum + ways * Math.exp(lnBetaBinomial(k, 4, 0.3, 0.2)), 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it("the binomial tail is exact for small numbers and total at its ends", () => {
    expect(binomialTail(2, 3, 0.5)).toBeCloseTo(0.5, 12);
    expect(binomialTail(3, 3, 0.001)).toBeCloseTo(1e-9, 15);
    expect([binomialTail(0, 3, 0.1), binomialTail(1, 3, 0), binomialTail(3, 3, 1)]).toEqual([1, 0, 1]);
  });

  it("the median of an even number of values is the lower middle", () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2, null]);
  });
});
