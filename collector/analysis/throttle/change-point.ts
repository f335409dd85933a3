import { valueAt } from "../detect/statistics.ts";

/** Where a series fell: the index of the first low value, with the indices between which that lies at 95 %. */
export type Fall = { at: number; earliest: number; latest: number };

/** Chance left outside the set of moments that are believable. */
const LEFT_OUT = 0.02;

/**
 * The one step down that explains a series best, by least squares (normal likelihood); null when no step is worth its
 * price of 3 ln n, or it leads upwards. The interval spans the smallest set that holds the step with 98 % by its posterior
 * under a flat prior; the profile likelihood's is too short, as a change point is no regular parameter. Sources: D. V.
 * Hinkley, Biometrika 57 (1970) 1-17; A. F. M. Smith, Biometrika 62 (1975) 407-416. Own code.
 */
export function findFall(values: readonly number[]): Fall | null {
  const n = values.length;
  const costs = splitCosts(values);
  const whole = valueAt(costs, 0);
  if (n < 4) return null;
  let at = 1;
  for (let index = 2; index < n; index++) if (valueAt(costs, index) < valueAt(costs, at)) at = index;
  const best = Math.max(valueAt(costs, at), 1e-9);
  if (n * Math.log(Math.max(whole, 1e-9) / best) <= 3 * Math.log(n)) return null;
  if (mean(values.slice(at)) >= mean(values.slice(0, at))) return null;
  const chances = costs.map((cost, index) =>
    index === 0 ? 0 : Math.exp((-n / 2) * Math.log(Math.max(cost, 1e-9) / best)),
  );
  const order = chances
    .map((chance, index) => ({ chance, index }))
    .sort((a, b) => b.chance - a.chance || a.index - b.index);
  const all = chances.reduce((sum, chance) => sum + chance, 0);
  let [earliest, latest, held] = [at, at, 0];
  for (const { chance, index } of order) {
    if (held >= (1 - LEFT_OUT) * all) break;
    held += chance;
    earliest = Math.min(earliest, index);
    latest = Math.max(latest, index);
  }
  return { at, earliest, latest };
}

/** Sum of squares about the means of both parts, for a split before each index; at 0 that of the whole. */
function splitCosts(values: readonly number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  let left = 0;
  return values.map((value, index) => {
    const right = total - left;
    const explained = (index === 0 ? 0 : (left * left) / index) + (right * right) / (values.length - index);
    left += value;
    return squares - explained;
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
