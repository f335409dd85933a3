/** A stream of random numbers that a seed and a name decide. */
export type Random = {
  /** Uniform in [0, 1). */
  next: () => number;
  between: (low: number, high: number) => number;
  /** A whole number from 0 to `below` - 1. */
  whole: (below: number) => number;
  chance: (probability: number) => boolean;
  normal: (mean: number, deviation: number) => number;
  /** Beta with mean `mean` and correlation `rho`: a = mean (1 - rho) / rho, b = (1 - mean) (1 - rho) / rho. */
  beta: (mean: number, rho: number) => number;
  exponential: (mean: number) => number;
  pick: <T>(list: readonly T[]) => T;
  shuffled: <T>(list: readonly T[]) => T[];
  /** An independent stream for a part of the world, so that one part's draws never move another's. */
  fork: (name: string) => Random;
};

/**
 * sfc32 of Chris Doty-Humphrey's PractRand 0.94 (public domain), seeded by FNV-1a of the seed's text and 15 warm-up
 * rounds. Not for secrets.
 */
export function createRandom(seed: string): Random {
  let [a, b, c, counter] = [fnv1a(`${seed}/a`), fnv1a(`${seed}/b`), fnv1a(`${seed}/c`), 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 15; round++) next();
  const whole = (below: number) => Math.floor(next() * below);
  const normal = (mean: number, deviation: number) =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    whole,
    normal,
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    exponential: (mean) => -mean * Math.log(1 - next()),
    beta: (mean, rho) => {
      const scale = (1 - rho) / rho;
      const x = gamma(mean * scale, next, normal);
      return x / (x + gamma((1 - mean) * scale, next, normal));
    },
    pick: (list) => pickFrom(list, whole),
    shuffled: (list) => shuffle(list, whole),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

function pickFrom<T>(list: readonly T[], whole: (below: number) => number): T {
  for (const one of list.slice(whole(list.length))) return one;
  throw new RangeError("Nothing to pick from.");
}

function shuffle<T>(list: readonly T[], whole: (below: number) => number): T[] {
  const left = [...list];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(whole(left.length), 1));
  return out;
}

/** Gamma variate of unit scale. G. Marsaglia, W. W. Tsang, ACM TOMS 26(3), 2000; shapes below 1 by their boost. */
function gamma(shape: number, next: () => number, normal: (mean: number, deviation: number) => number): number {
  if (shape < 1) return gamma(shape + 1, next, normal) * (1 - next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(0, 1);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
