import type { EpochMs } from "../../collector/analysis/types.ts";
import type { Random } from "./random.ts";

/**
 * Bad rounds that persist (detection.md 7.2 and 7.6): the share of failures that all probes of an area share is drawn
 * anew each round from a beta of mean 0.03 and correlation 0.35, or carried over with chance 0.7.
 */
const ROUND_MS = 900_000;
const MEAN = 0.03;
const RHO = 0.35;
const CARRY = 0.7;
/** Failures of single measurements that nothing shares. */
const ALONE = 0.01;
/**
 * Of the shared failures a target shows 0.8 to 1, drawn each round: what stands beside it as control fails by 0.9 of
 * the shared rate (gamma of detection.md 7.2). A lower gamma makes the controls worse witnesses of the line.
 */
const GAMMA = 0.9;

export type Noise = {
  /** Chance that a measurement of a target fails in an area at a time. Times of one key must not go back by much. */
  failure: (area: string, target: string, at: EpochMs) => number;
};

type Series = { round: number; value: number; random: Random };

/** `level` scales the mean; 0 gives a perfect network. */
export function createNoise(level: number, random: Random, gamma = GAMMA): Noise {
  const shared = new Map<string, Series>();
  const exposed = new Map<string, Series>();
  const mean = MEAN * level;
  const rateIn = (
    book: Map<string, Series>,
    key: string,
    round: number,
    draw: (random: Random) => number,
    carry: number,
  ) => {
    const known = book.get(key) ?? newSeries(random.fork(key), round, draw);
    book.set(key, known);
    for (; known.round < round; known.round++) if (!known.random.chance(carry)) known.value = draw(known.random);
    return known.value;
  };
  return {
    failure: (area, target, at) => {
      if (level === 0) return 0;
      const round = Math.floor(at / ROUND_MS);
      const rate = rateIn(shared, area, round, (own) => own.beta(mean, RHO), CARRY);
      const exposure = rateIn(exposed, `${area} ${target}`, round, (own) => own.between(2 * gamma - 1, 1), 0);
      return Math.min(0.98, rate * exposure + ALONE * level);
    },
  };
}

function newSeries(random: Random, round: number, draw: (random: Random) => number): Series {
  return { random, round, value: draw(random) };
}
