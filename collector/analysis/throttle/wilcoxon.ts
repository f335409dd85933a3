/**
 * Exact signed-rank test and estimate. Source: M. Hollander, D. A. Wolfe, E. Chicken, Nonparametric Statistical Methods
 * (3rd ed., 2014), sections 3.1 (test), 3.2 (estimate) and 3.3 (interval). Own code.
 */

import { valueAt } from "../detect/statistics.ts";

/**
 * Chance, under symmetry about zero, of ranks of positive values as small as those seen: small when values lie below
 * zero. Exact by counting, given the ties (midranks); zeros are left out. 1 for no values.
 */
export function signedRankP(values: readonly number[]): number {
  const kept = values.filter((value) => value !== 0);
  const ranks = doubledMidranks(kept.map(Math.abs));
  const seen = ranks.reduce((sum, rank, index) => sum + (valueAt(kept, index) > 0 ? rank : 0), 0);
  const chances = sumChances(ranks);
  let p = 0;
  for (let sum = 0; sum <= seen; sum++) p += valueAt(chances, sum);
  return Math.min(1, p);
}

/** Pseudo-median (Hodges and Lehmann) with an interval of at least 95 %; bounds are infinite for fewer than six values. */
export function pseudoMedian(values: readonly number[]): { estimate: number; low: number; high: number } | null {
  const averages = walshAverages(values);
  const estimate = middle(averages);
  if (estimate === null) return null;
  const ranks = values.map((_, index) => 2 * (index + 1));
  const chances = sumChances(ranks);
  // Largest C with P(W < C) at most 2.5 %: the C-th smallest and largest averages bound the interval.
  let tail = 0;
  let cut = 0;
  while (tail + valueAt(chances, 2 * cut) <= 0.025) tail += valueAt(chances, 2 * cut++);
  return {
    estimate,
    low: cut === 0 ? Number.NEGATIVE_INFINITY : valueAt(averages, cut - 1),
    high: cut === 0 ? Number.POSITIVE_INFINITY : valueAt(averages, averages.length - cut),
  };
}

/** Twice the rank of each magnitude, ties at their mean, so that all are whole numbers. */
function doubledMidranks(magnitudes: readonly number[]): number[] {
  const order = magnitudes.map((_, index) => index).sort((a, b) => valueAt(magnitudes, a) - valueAt(magnitudes, b));
  const ranks = new Array<number>(magnitudes.length).fill(0);
  const magnitudeAt = (place: number) => valueAt(magnitudes, valueAt(order, place));
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && magnitudeAt(to + 1) === magnitudeAt(from)) to++;
    for (const index of order.slice(from, to + 1)) ranks[index] = from + to + 2;
    from = to + 1;
  }
  return ranks;
}

/** Chance of each sum of ranks when every sign is a fair coin. */
function sumChances(ranks: readonly number[]): Float64Array {
  const chances = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 0) + 1);
  chances[0] = 1;
  let most = 0;
  for (const rank of ranks) {
    most += rank;
    for (let sum = most; sum >= 0; sum--) chances[sum] = (valueAt(chances, sum) + valueAt(chances, sum - rank)) / 2;
  }
  return chances;
}

/** Means of all pairs, each value with itself too, in order. */
function walshAverages(values: readonly number[]): number[] {
  const averages: number[] = [];
  for (const [index, a] of values.entries()) for (const b of values.slice(index)) averages.push((a + b) / 2);
  return averages.sort((a, b) => a - b);
}

function middle(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  return (valueAt(sorted, (sorted.length - 1) >> 1) + valueAt(sorted, sorted.length >> 1)) / 2;
}
