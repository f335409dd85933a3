import { createBaseline } from "../../../../collector/analysis/detect/baseline.ts";
import { addVote, createCellLog, type Outcome } from "../../../../collector/analysis/detect/cell-log.ts";
import type { LineQuality } from "../../../../collector/analysis/detect/control-checks.ts";
import type { Vote } from "../../../../collector/analysis/detect/vote.ts";
import { SETTINGS, type Settings } from "../../../../collector/analysis/settings.ts";

export const CADENCE = 900_000;
const GOOD: LineQuality = { controlShare: null, masked: false, badLines: new Set<string>() };

/** Numbers between 0 and 1 from a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma variates (Marsaglia and Tsang, ACM TOMS 26 (2000) 363-372). */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A share of failures common to the probes of a round: beta with this mean and correlation. */
function betaOf(mean: number, rho: number, random: () => number): number {
  const scale = (1 - rho) / rho;
  const a = gamma(mean * scale, random);
  const b = gamma((1 - mean) * scale, random);
  return a + b === 0 ? 0 : a / (a + b);
}

export type Truth = {
  probes: number;
  rounds: number;
  seed: number;
  /** Failures while nothing is blocked: their share, their correlation, and the chance that a round's share lasts. */
  mean?: number;
  rho?: number;
  carry?: number;
  /** Part of the shared failure rate that control checks show; null: no checks are made. */
  controls?: { gamma: number; each: number } | null;
  /** What the checks are used for. */
  use?: "nothing" | "mask and raise";
  block?: { from: number; to: number; share: number; probes?: number } | null;
  liars?: number;
  settings?: Settings;
};

/** Runs one cell through rounds with failures shared between probes, and says what it made of them. */
export function liveThrough(truth: Truth): Outcome[] {
  const { rounds, seed, mean = 0.03, rho = 0.15, carry = 0 } = truth;
  const settings = truth.settings ?? SETTINGS;
  const random = randomOf(seed);
  const log = createCellLog(settings, createBaseline({ fails: 0, trials: 0 }, settings));
  const outcomes: Outcome[] = [];
  let shared = betaOf(mean, rho, random);
  for (let round = 0; round < rounds; round++) {
    if (random() >= carry) shared = betaOf(mean, rho, random);
    const quality = checked(truth, shared, random, settings);
    for (const vote of votesOf(truth, round, shared, random)) {
      const outcome = addVote(log, vote, () => quality, CADENCE);
      if (outcome !== null) outcomes.push({ ...outcome });
    }
  }
  return outcomes;
}

function votesOf(truth: Truth, round: number, shared: number, random: () => number): Vote[] {
  const { probes, block = null, liars = 0 } = truth;
  const within = block !== null && round >= block.from && round < block.to;
  const share = within ? betaOf(block.share, 0.2, random) : shared;
  return Array.from({ length: probes }, (_, probe): Vote => {
    const hit = !within || probe < (block.probes ?? probes);
    const blocked = probe < liars || random() < (hit ? share : shared);
    const at = round * CADENCE + ((probe + random()) / (probes + 1)) * CADENCE * 0.8;
    const code = blocked ? "tls_drop" : "ok";
    return { probe: `p${probe}`, from: at - 400, at, blocked, code, proof: false, certain: false };
  });
}

function checked(
  { controls, use, probes }: Truth,
  shared: number,
  random: () => number,
  settings: Settings,
): LineQuality {
  if (controls === undefined || controls === null || use !== "mask and raise") return GOOD;
  const trials = probes * controls.each;
  let fails = 0;
  for (let check = 0; check < trials; check++) if (random() < controls.gamma * shared + 0.01) fails++;
  return {
    controlShare: (fails + settings.baselinePrior) / (trials + 1),
    masked: (fails + 0.5) / (trials + 1) > settings.maskShare,
    badLines: new Set(),
  };
}

/** How often a cell opened. */
export function opened(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ kind }) => kind === "opened").length;
}
