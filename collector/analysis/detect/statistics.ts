/** Coefficients of Lanczos' approximation (g = 7, n = 9), good to 1e-15. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** Natural logarithm of the gamma function for positive x. */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const y = x - 1;
  const sum = LANCZOS.reduce(
    (total, coefficient, index) => (index === 0 ? coefficient : total + coefficient / (y + index)),
    0,
  );
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Logarithm of the beta-binomial chance of k of n at mean `mean` and correlation `rho`, without the binomial
 * coefficient, which cancels in ratios. a = m(1-rho)/rho, b = (1-m)(1-rho)/rho.
 */
export function lnBetaBinomial(k: number, n: number, mean: number, rho: number): number {
  const scale = (1 - rho) / rho;
  const a = mean * scale;
  const b = (1 - mean) * scale;
  return lnBeta(k + a, n - k + b) - lnBeta(a, b);
}

/** Chance that at least k of n independent trials of chance p succeed. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  let tail = 0;
  for (let hits = k; hits <= n; hits++) {
    const ways = lnGamma(n + 1) - lnGamma(hits + 1) - lnGamma(n - hits + 1);
    tail += Math.exp(ways + hits * Math.log(p) + (n - hits) * Math.log1p(-p));
  }
  return Math.min(1, tail);
}

/** Above so many trials the exact sum is not worth its time. */
const EXACT_TRIALS = 256;

/**
 * Chance that at least k of independent trials with chances of their own succeed: exact by convolution for up to 256
 * trials, else the binomial at their mean, which is no smaller for k above the mean (Hoeffding 1956).
 */
export function poissonBinomialTail(k: number, chances: readonly number[]): number {
  const mean = chances.reduce((sum, chance) => sum + chance, 0) / Math.max(1, chances.length);
  if (k <= 0) return 1;
  if (chances.length > EXACT_TRIALS) return binomialTail(k, chances.length, mean);
  // below[j]: chance of exactly j successes so far, j < k; the rest has reached k.
  const below = [1, ...Array<number>(k - 1).fill(0)];
  let reached = 0;
  for (const chance of chances) {
    reached += valueAt(below, k - 1) * chance;
    for (let hits = k - 1; hits >= 0; hits--)
      below[hits] = valueAt(below, hits) * (1 - chance) + (hits > 0 ? valueAt(below, hits - 1) * chance : 0);
  }
  return Math.min(1, reached);
}

/** Middle value; of an even number the lower of the two. Null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/** What was counted most often, the first of those alike; null for nothing. */
export function commonest<T>(counts: Iterable<readonly [T, number]>): T | null {
  let [most, times]: [T | null, number] = [null, 0];
  for (const [value, count] of counts) if (count > times) [most, times] = [value, count];
  return most;
}

/** Value at a place; 0 outside the list. */
export function valueAt(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0;
}

function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
}
