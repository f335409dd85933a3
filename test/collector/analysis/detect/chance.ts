import { createBaseline } from "../../../../collector/analysis/detect/baseline.ts";
import type { Outcome } from "../../../../collector/analysis/detect/cell-history.ts";
import { addVote, createCellLog } from "../../../../collector/analysis/detect/cell-log.ts";
import type { LineQuality } from "../../../../collector/analysis/detect/control-checks.ts";
import type { Vote } from "../../../../collector/analysis/detect/vote.ts";
import { SETTINGS, type Settings } from "../../../../collector/analysis/settings.ts";

export const CADENCE = 900_000;
const GOOD: LineQuality = { controlShare: null, trials: 0, masked: false, badLines: new Set<string>() };

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
  /** Whether a bad line fails in one way only, as a filter does. */
  alike?: boolean;
  block?: { from: number; to: number; share: number; probes?: number } | null;
  liars?: number;
  /** Whether a blocked vote makes all probes look again a minute later, as the collector asks (requested-rounds). */
  asked?: boolean;
  settings?: Settings;
};

/** Runs one cell through rounds with failures shared between probes, and says what it made of them. */
export function liveThrough(truth: Truth): Outcome[] {
  const { rounds, seed, mean = 0.03, rho = 0.15, carry = 0 } = truth;
  const settings = truth.settings ?? SETTINGS;
  const random = randomOf(seed);
  const log = createCellLog(settings, createBaseline({ fails: 0, trials: 0 }, settings));
  const outcomes: Outcome[] = [];
  const askedAt: number[] = [];
  let shared = betaOf(mean, rho, random);
  for (let round = 0; round < rounds; round++) {
    if (random() >= carry) shared = betaOf(mean, rho, random);
    const quality = checked(truth, shared, random, settings);
    const votes = votesOf(truth, round, shared, random);
    const until = (round + 1) * CADENCE;
    for (let vote = votes.shift(); vote !== undefined; vote = votes.shift()) {
      const outcome = addVote(log, vote, () => quality, CADENCE);
      if (outcome !== null) outcomes.push({ ...outcome });
      if (truth.asked !== true || !vote.blocked || !mayAsk(askedAt, vote.at)) continue;
      askedAt.push(vote.at);
      votes.push(...looksAfter(truth, vote.at + MINUTE_MS, { round, shared, random }).filter(({ at }) => at < until));
      votes.sort((a, b) => a.at - b.at);
    }
  }
  return outcomes;
}

const MINUTE_MS = 60_000;
/** Requests of one cell: five minutes apart, six in three hours (collector/requested-rounds). */
function mayAsk(askedAt: readonly number[], at: number): boolean {
  const last = askedAt.at(-1) ?? Number.NEGATIVE_INFINITY;
  return at - last >= 5 * MINUTE_MS && at - (askedAt.at(-6) ?? Number.NEGATIVE_INFINITY) >= 180 * MINUTE_MS;
}

type Now = { round: number; shared: number; random: () => number };
/** Every probe's further look, within half a minute. */
function looksAfter(truth: Truth, at: number, { round, shared, random }: Now): Vote[] {
  return votesOf(truth, round, shared, random).map((vote) => {
    const moment = at + random() * (MINUTE_MS / 2);
    return { ...vote, from: moment - 400, at: moment };
  });
}

function votesOf(truth: Truth, round: number, shared: number, random: () => number): Vote[] {
  const { probes, block = null, liars = 0 } = truth;
  const within = block !== null && round >= block.from && round < block.to;
  const share = within ? betaOf(block.share, 0.2, random) : shared;
  return Array.from({ length: probes }, (_, probe): Vote => {
    const hit = !within || probe < (block.probes ?? probes);
    const blocked = probe < liars || random() < (hit ? share : shared);
    const at = round * CADENCE + ((probe + random()) / (probes + 1)) * CADENCE * 0.8;
    const filtered = truth.alike === true || probe < liars || (within && hit);
    const code = !blocked ? "ok" : filtered ? "tls_drop" : failureOf(random());
    return { probe: `p${probe}`, from: at - 400, at, blocked, code, proof: false, certain: false };
  });
}

/** How a bad line fails: in the shares of test/sim (its README, "how they fail"). */
function failureOf(draw: number): Vote["code"] {
  if (draw < 0.35) return "dns_tamper";
  if (draw < 0.65) return "tcp_block";
  return draw < 0.9 ? "tls_drop" : "http_block";
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
    trials,
    masked: (fails + 0.5) / (trials + 1) > settings.maskShare,
    badLines: new Set(),
  };
}

/** How often a cell opened. */
export function opened(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ kind }) => kind === "opened").length;
}
