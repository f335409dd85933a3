import type { VerdictCode } from "../../../protocol/verdict.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { lnBetaBinomial, valueAt } from "./statistics.ts";
import type { Vote } from "./vote.ts";

/** Votes of one round of a cell, one a probe, with what is known of the line at that time. */
export type Round = {
  start: EpochMs;
  votes: ReadonlyMap<string, Vote>;
  /** Failed share of control checks; null when too few were made. */
  controlShare: number | null;
  /** The checks say that the network is bad: only votes that noise cannot make count. */
  masked: boolean;
  /** Probes whose own line is bad. */
  badLines: ReadonlySet<string>;
};

/** One running sum and what it has heard since it left zero. */
export type Excursion = { sum: number; rounds: number; votes: readonly Vote[] };
export type Tally = { fails: number; trials: number };

/** A block found in a cell. Times are of the votes that show them. */
export type Episode = {
  /** Index of the alternative that was taken. */
  share: number;
  firstBlocked: EpochMs;
  lastBlocked: EpochMs;
  witnesses: ReadonlySet<string>;
  proofs: ReadonlySet<string>;
  blockedVotes: number;
  codes: ReadonlyMap<VerdictCode, number>;
};

/** State after a round: quiet, with one sum for each alternative, or open, with the sum that looks for the end. */
export type CellState = {
  excursions: readonly Excursion[];
  baseline: ReadonlyMap<string, Tally>;
  /** Blocked votes not yet believed to be mere failures. */
  held: readonly Vote[];
  voters: readonly (readonly string[])[];
  open: Episode | null;
  ending: Excursion | null;
};

/** What a round changed. */
export type Change =
  | { kind: "none" }
  | { kind: "opened"; episode: Episode }
  | { kind: "grew"; episode: Episode }
  | { kind: "closed"; episode: Episode; firstOpen: EpochMs };

const QUIET: Excursion = { sum: 0, rounds: 0, votes: [] };
const VOTER_ROUNDS = 4;
const VOTES_KEPT = 64;
/** The three tests run side by side, so each must clear the threshold by ln 3 (docs/method.md). */
const SIDE_BY_SIDE = Math.log(3);

/** State before any round. */
export function quietCell(settings: Settings): CellState {
  return {
    excursions: settings.blockShares.map(() => QUIET),
    baseline: new Map(),
    held: [],
    voters: [],
    open: null,
    ending: null,
  };
}

/** Votes of a round that count: none from bad lines, and in a bad network only proof that noise cannot make. */
export function countedVotes(round: Round): Vote[] {
  return [...round.votes.values()]
    .filter((vote) => vote.certain || !(round.masked || round.badLines.has(vote.probe)))
    .sort((a, b) => a.at - b.at || (a.probe < b.probe ? -1 : 1));
}

/**
 * One step of the sequential test of a cell: three beta-binomial CUSUMs side by side for the start, a mirrored one for
 * the end. Pure. `idleRounds` is the time since the round before, in rounds.
 */
export function stepCell(
  before: CellState,
  round: Round,
  idleRounds: number,
  settings: Settings,
): { state: CellState; change: Change } {
  const faded = fade(before, idleRounds, settings);
  const votes = countedVotes(round);
  if (votes.length === 0) return { state: faded, change: { kind: "none" } };
  const voters = [...faded.voters.slice(1 - VOTER_ROUNDS), votes.map(({ probe }) => probe)];
  const heard = { ...faded, voters };
  const mean = baselineOf(heard, votes, round.controlShare, settings);
  return heard.open === null
    ? listenForStart(heard, votes, mean, settings)
    : listenForEnd(heard, heard.open, votes, mean, settings);
}

function listenForStart(state: CellState, votes: readonly Vote[], mean: number, settings: Settings) {
  const blocked = votes.filter((vote) => vote.blocked);
  const proved = votes.length > 1 && votes.every(({ proof }) => proof) ? settings.proofGain : 0;
  const excursions = state.excursions.map((excursion, index) => {
    const share = valueAt(settings.blockShares, index);
    const gain = evidence(blocked.length, votes.length, share, mean, settings);
    return add(excursion, gain + proved, blocked);
  });
  const share = excursions.reduce((best, { sum }, index) => (sum > (excursions[best]?.sum ?? 0) ? index : best), 0);
  const leading = excursions[share] ?? QUIET;
  if (isAlarm(leading, state, settings)) {
    const episode = grow({ ...EMPTY, share, firstBlocked: leading.votes[0]?.at ?? 0 }, leading.votes);
    const opened = { ...state, excursions: state.excursions.map(() => QUIET), held: [], open: episode, ending: QUIET };
    return { state: opened, change: { kind: "opened", episode } as Change };
  }
  return { state: learn({ ...state, excursions }, votes, settings), change: { kind: "none" } as Change };
}

function listenForEnd(state: CellState, open: Episode, votes: readonly Vote[], mean: number, settings: Settings) {
  const ok = votes.filter((vote) => !vote.blocked);
  const share = valueAt(settings.blockShares, open.share);
  const gain = -evidence(votes.length - ok.length, votes.length, share, mean, settings);
  const ending = add(state.ending ?? QUIET, gain, ok);
  const episode = grow(
    open,
    votes.filter((vote) => vote.blocked),
  );
  const probes = new Set(ending.votes.map(({ probe }) => probe)).size;
  const enough = Math.min(settings.minProbes, distinctVoters(state));
  if (
    ending.sum > threshold(distinctVoters(state), settings) / 2 &&
    ending.rounds >= settings.minRounds &&
    probes >= enough
  ) {
    const quiet = { ...state, excursions: state.excursions.map(() => QUIET), open: null, ending: null };
    const after = ending.votes.filter(({ at }) => at >= episode.lastBlocked);
    const first = after.find(({ probe }) => episode.witnesses.has(probe)) ?? after[0] ?? ending.votes[0];
    const firstOpen = Math.max(first?.at ?? episode.lastBlocked, episode.lastBlocked);
    return { state: quiet, change: { kind: "closed", episode, firstOpen } as Change };
  }
  return { state: { ...state, open: episode, ending }, change: { kind: "grew", episode } as Change };
}

/** Log-likelihood ratio of k of n blocked: blocked at `share` against mere failures at `mean`. */
function evidence(k: number, n: number, share: number, mean: number, settings: Settings): number {
  // With a baseline near an alternative the two must not be told apart the wrong way round.
  if (mean >= share) return 0;
  return lnBetaBinomial(k, n, share, settings.blockRho) - lnBetaBinomial(k, n, mean, settings.baselineRho);
}

function add(excursion: Excursion, gain: number, votes: readonly Vote[]): Excursion {
  const sum = Math.max(0, excursion.sum + gain);
  if (sum === 0) return QUIET;
  if (votes.length === 0) return { ...excursion, sum };
  // The first vote marks the beginning, the latest ones name the witnesses.
  const all = [...excursion.votes, ...votes];
  const kept = all.length > VOTES_KEPT ? [...all.slice(0, 1), ...all.slice(1 - VOTES_KEPT)] : all;
  return { sum, rounds: excursion.rounds + 1, votes: kept };
}

function isAlarm({ sum, rounds, votes }: Excursion, state: CellState, settings: Settings): boolean {
  if (sum <= Math.min(settings.thresholdFewProbes, settings.thresholdManyProbes)) return false;
  if (sum <= threshold(distinctVoters(state), settings) + SIDE_BY_SIDE || rounds < settings.minRounds) return false;
  const probes = new Set(votes.map(({ probe }) => probe));
  if (probes.size >= settings.minProbes) return true;
  return rounds >= settings.singleWitnessRounds && votes.every(({ proof }) => proof);
}

function threshold(voters: number, settings: Settings): number {
  return voters >= settings.manyProbes ? settings.thresholdManyProbes : settings.thresholdFewProbes;
}

function distinctVoters(state: CellState): number {
  const seen = new Set<string>();
  for (const round of state.voters) for (const probe of round) seen.add(probe);
  return seen.size;
}

/** Mean of the voters' own failure shares, raised to what the control checks show of the line at this time. */
function baselineOf(state: CellState, votes: readonly Vote[], controlShare: number | null, settings: Settings): number {
  const { baselineFloor, baselinePrior, baselineWeight } = settings;
  const shares = votes.map(({ probe }) => {
    const { fails, trials } = state.baseline.get(probe) ?? { fails: 0, trials: 0 };
    return Math.max(baselineFloor, (fails + baselinePrior * baselineWeight) / (trials + baselineWeight));
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return Math.min(0.5, Math.max(mean, controlShare ?? 0));
}

/** Failures count into the baseline only once every sum is back at zero: a block must not teach that it is normal. */
function learn(state: CellState, votes: readonly Vote[], settings: Settings): CellState {
  const baseline = new Map(state.baseline);
  const tally = (vote: Vote) => {
    const { fails, trials } = baseline.get(vote.probe) ?? { fails: 0, trials: 0 };
    const weight = trials >= settings.baselineMemory ? 0.5 : 1;
    baseline.set(vote.probe, { fails: fails * weight + (vote.blocked ? 1 : 0), trials: trials * weight + 1 });
  };
  for (const vote of votes) if (!vote.blocked) tally(vote);
  const held = [...state.held, ...votes.filter((vote) => vote.blocked)];
  const calm = state.excursions.every(({ sum }) => sum === 0);
  if (calm) for (const vote of held) tally(vote);
  return { ...state, baseline, held: calm ? [] : held.slice(-VOTES_KEPT) };
}

function fade(state: CellState, idleRounds: number, settings: Settings): CellState {
  const idle = idleRounds - settings.carryRounds;
  if (idle <= 0) return state;
  const factor = 2 ** (-idle / settings.halfLifeRounds);
  return { ...state, excursions: state.excursions.map((one) => ({ ...one, sum: one.sum * factor })) };
}

const EMPTY: Episode = {
  share: 0,
  firstBlocked: 0,
  lastBlocked: 0,
  witnesses: new Set(),
  proofs: new Set(),
  blockedVotes: 0,
  codes: new Map(),
};

function grow(episode: Episode, votes: readonly Vote[]): Episode {
  if (votes.length === 0) return episode;
  const codes = new Map(episode.codes);
  for (const { code } of votes) codes.set(code, (codes.get(code) ?? 0) + 1);
  return {
    ...episode,
    lastBlocked: Math.max(episode.lastBlocked, ...votes.map(({ from }) => from)),
    witnesses: new Set([...episode.witnesses, ...votes.map(({ probe }) => probe)]),
    proofs: new Set([...episode.proofs, ...votes.filter(({ proof }) => proof).map(({ probe }) => probe)]),
    blockedVotes: episode.blockedVotes + votes.length,
    codes,
  };
}
