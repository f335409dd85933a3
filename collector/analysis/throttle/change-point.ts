import { valueAt } from "../detect/statistics.ts";

/** Where a series fell: the index of the first low value, with the indices between which that lies at 95 %. */
export type Fall = { at: number; earliest: number; latest: number };

/** Half of the 95 % point of chi-squared with one degree of freedom. */
const LIKELIHOOD_DROP = 1.92;

/**
 * The one step down that explains a series best, by least squares (normal likelihood); null when no step is worth its
 * price of 3 ln n, or it leads upwards. The interval is that of the profile likelihood. Source: D. V. Hinkley,
 * Inference about the change-point in a sequence of random variables, Biometrika 57 (1970) 1-17. Own code.
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
  const likely = (index: number) => (n / 2) * Math.log(Math.max(valueAt(costs, index), 1e-9) / best) <= LIKELIHOOD_DROP;
  let [earliest, latest] = [at, at];
  while (earliest > 1 && likely(earliest - 1)) earliest--;
  while (latest < n - 1 && likely(latest + 1)) latest++;
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
