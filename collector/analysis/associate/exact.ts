/** A fourfold table: with and without an incident, on event days and on ordinary days. */
export type Fourfold = {
  readonly eventWith: number;
  readonly eventWithout: number;
  readonly ordinaryWith: number;
  readonly ordinaryWithout: number;
};

/** Odds ratio with a half added to every cell (Haldane 1956, Anscombe 1956), so that it is always finite. */
export function oddsRatio({ eventWith, eventWithout, ordinaryWith, ordinaryWithout }: Fourfold): number {
  return ((eventWith + 0.5) * (ordinaryWithout + 0.5)) / ((eventWithout + 0.5) * (ordinaryWith + 0.5));
}

/**
 * Exact conditional interval of the odds ratio (Cornfield 1956; Fisher's noncentral hypergeometric distribution, as R's
 * fisher.test has it), by default of 95 percent. The upper end is null where there is none.
 */
export function oddsInterval(table: Fourfold, level = 0.95): [number, number | null] {
  const weights = supportOf(table);
  const { eventWith } = table;
  const tail = (1 - level) / 2;
  const least = weights[0]?.count ?? 0;
  const most = weights.at(-1)?.count ?? 0;
  const atLeast = (logOdds: number) => chance(weights, logOdds, (count) => count >= eventWith);
  const atMost = (logOdds: number) => 1 - chance(weights, logOdds, (count) => count > eventWith);
  const low = eventWith === least ? 0 : Math.exp(solve((logOdds) => atLeast(logOdds) - tail));
  const high = eventWith === most ? null : Math.exp(solve((logOdds) => tail - atMost(logOdds)));
  return [low, high];
}

/** Chance of at least as many incidents on event days, all margins given and no association (Fisher 1935). */
export function fisherGreater(table: Fourfold): number {
  return chance(supportOf(table), 0, (count) => count >= table.eventWith);
}

/** Share of event days with an incident less that of ordinary days, with the interval of Newcombe (1998, method 10). */
export function riskDifference(table: Fourfold): { difference: number; interval: [number, number] } {
  const event = wilson(table.eventWith, table.eventWith + table.eventWithout);
  const ordinary = wilson(table.ordinaryWith, table.ordinaryWith + table.ordinaryWithout);
  const difference = event.share - ordinary.share;
  const low = difference - Math.hypot(event.share - event.low, ordinary.high - ordinary.share);
  const high = difference + Math.hypot(event.high - event.share, ordinary.share - ordinary.low);
  return { difference, interval: [low, high] };
}

/** Chance of at least `least` successes in `trials` of chance `p` each. */
export function binomialAtLeast(least: number, trials: number, p: number): number {
  if (least <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return least <= trials ? 1 : 0;
  let sum = 0;
  for (let count = 0; count < least; count++)
    sum += Math.exp(logChoose(trials, count) + count * Math.log(p) + (trials - count) * Math.log1p(-p));
  return Math.max(0, 1 - sum);
}

type Weight = { count: number; log: number };

/** Every count of incidents on event days that the margins allow, with its weight when there is no association. */
function supportOf({ eventWith, eventWithout, ordinaryWith, ordinaryWithout }: Fourfold): Weight[] {
  const event = eventWith + eventWithout;
  const ordinary = ordinaryWith + ordinaryWithout;
  const incidents = eventWith + ordinaryWith;
  const weights: Weight[] = [];
  for (let count = Math.max(0, incidents - ordinary); count <= Math.min(incidents, event); count++)
    weights.push({ count, log: logChoose(event, count) + logChoose(ordinary, incidents - count) });
  return weights;
}

function chance(weights: readonly Weight[], logOdds: number, counts: (count: number) => boolean): number {
  const logs = weights.map(({ count, log }) => log + count * logOdds);
  const top = Math.max(...logs);
  let [all, some] = [0, 0];
  for (const [index, log] of logs.entries()) {
    const weight = Math.exp(log - top);
    all += weight;
    if (counts(weights[index]?.count ?? 0)) some += weight;
  }
  return some / all;
}

/** Where a rising function of the logarithm of the odds crosses zero. */
function solve(rising: (logOdds: number) => number): number {
  let [low, high] = [-40, 40];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const Z95 = 1.959963984540054;

function wilson(count: number, trials: number): { share: number; low: number; high: number } {
  if (trials === 0) return { share: 0, low: 0, high: 1 };
  const share = count / trials;
  const scale = 1 + Z95 ** 2 / trials;
  const centre = (share + Z95 ** 2 / (2 * trials)) / scale;
  const half = (Z95 * Math.sqrt((share * (1 - share)) / trials + Z95 ** 2 / (4 * trials ** 2))) / scale;
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const LOGS = [0, 0];

function logFactorial(n: number): number {
  for (let next = LOGS.length; next <= n; next++) LOGS.push((LOGS[next - 1] ?? 0) + Math.log(next));
  return LOGS[n] ?? 0;
}
