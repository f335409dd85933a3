import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { Baseline } from "./baseline.ts";
import { type CellState, openedCell, QUIET, roundEvidence, stepCell, WITHIN } from "./cell.ts";
import type { LineQuality, Suspicion } from "./control-checks.ts";
import { type Crowd, NO_CROWD } from "./crowd.ts";
import { type End, endOf, type Start, startOf } from "./edges.ts";
import { countVotes, type Episode, fitShare, grow, hearAfterAlarm, newEpisode } from "./episode.ts";
import { countedVotes, isClean, isFurtherLook, newRound, putVote, type Round } from "./round.ts";
import { suspicionOf } from "./suspicion.ts";
import type { Vote } from "./vote.ts";

/** Rounds of one cell with the state after each, so that a vote that comes late is put where it belongs. */
export type CellLog = {
  readonly settings: Settings;
  readonly baseline: Baseline;
  rounds: Kept[];
  base: CellState;
  /** Index of the round of the last opening or end: what has been published is not taken back. */
  pinned: number;
  /** The block that is open, or was last, with its bounds. */
  latest: Block | null;
  /** The evidence after the alarm has changed since the last outcome. */
  crossed: boolean;
  /** Votes of an excursion: they teach when it turns out to be nothing, and are forgotten when it is a block. */
  held: Vote[];
  suspicion: Suspicion;
};
type Block = { episode: Episode; start: Start; end: End | null };
type Kept = { round: Round; after: CellState };

/** What a vote brought about in the block that is open or was last. */
export type Outcome = Block & { kind: "opened" | "changed" | "closed" };

/** Votes kept for later teaching; the oldest of a longer excursion do not matter. */
const HELD_MOST = 512;
/** Rounds back over which the probes of a cell are counted. */
const VOTER_ROUNDS = 4;
/** Rounds after the alarm that still count for the start. */
const EDGE_ROUNDS = 4;
/** How far back the start is looked for. */
const START_ROUNDS = 96;

/** A log without rounds. */
export function createCellLog(settings: Settings, baseline: Baseline): CellLog {
  return {
    settings,
    baseline,
    rounds: [],
    base: QUIET,
    pinned: -1,
    latest: null,
    crossed: false,
    held: [],
    suspicion: "none",
  };
}

/** Puts a vote into its round and works out what follows; null when nothing that is published does. `lineQuality` is
 * asked only where something is blocked, `crowd` where an alarm depends on it. */
export function addVote(
  log: CellLog,
  vote: Vote,
  lineQuality: () => LineQuality,
  cadenceMs: number,
  crowd: () => Crowd = () => NO_CROWD,
): Outcome | null {
  const at = placeVote(log, vote, cadenceMs);
  const kept = log.rounds[at];
  if (kept === undefined) return null;
  const before = log.rounds[at - 1]?.after ?? log.base;
  if (!vote.blocked && before === QUIET && kept.after === QUIET && kept.round.blocked.length === 0) {
    if (!kept.round.asked) log.baseline.learn(vote.probe, false);
    log.suspicion = "none";
    return null;
  }
  const { latest } = log;
  if (vote.blocked && latest !== null && latest.end === null && at > log.pinned && !speaksForEnd(log, at))
    return stillBlocked(log, latest, vote);
  if (vote.blocked || kept.round.quality === null) kept.round.quality = lineQuality();
  let kind = at <= log.pinned ? sharpen(log, vote) : recompute(log, at, cadenceMs, crowd);
  if (kind === null && vote.blocked && log.latest?.end === null && grow(log.latest.episode, vote)) kind = "changed";
  if (isClean(kept.round)) teach(log, vote);
  log.suspicion = suspicionOf(log);
  return told(log, kind);
}

/** The outcome, where something that is published changed. */
function told(log: CellLog, kind: Outcome["kind"] | null): Outcome | null {
  const news = kind ?? (log.crossed ? "changed" : null);
  log.crossed = false;
  return news === null || log.latest === null ? null : { kind: news, ...log.latest };
}

function speaksForEnd(log: CellLog, at: number): boolean {
  return log.rounds
    .slice(Math.max(0, at - 1))
    .some(({ after, round }) => after.ending.sum > 0 || round.open.length > 0);
}

/** A further blocked vote of an open block that nothing speaks against: the common path of a block of months. */
function stillBlocked(log: CellLog, { episode }: Block, vote: Vote): Outcome | null {
  log.suspicion = "open";
  return told(log, grow(episode, vote) ? "changed" : null);
}

function placeVote(log: CellLog, vote: Vote, cadenceMs: number): number {
  const { rounds } = log;
  let index = rounds.length - 1;
  while (index >= 0 && (rounds[index]?.round.start ?? 0) > vote.at) index--;
  const kept = rounds[index];
  if (
    kept !== undefined &&
    vote.at < kept.round.start + cadenceMs &&
    !isFurtherLook(kept.round, vote, cadenceMs, log.settings)
  ) {
    putVote(kept.round, vote);
    return index;
  }
  const last = index === rounds.length - 1;
  if (last && kept !== undefined) roundEnded(log, kept);
  const regular = rounds.slice(0, index + 1).findLast((one) => !one.round.asked)?.round.start;
  const round = newRound(vote.at, regular !== undefined && vote.at - regular < WITHIN * cadenceMs);
  putVote(round, vote);
  rounds.splice(index + 1, 0, { round, after: kept?.after ?? log.base });
  if (index + 1 <= log.pinned) log.pinned++;
  if (rounds.length <= log.settings.roundsKept) return index + 1;
  log.base = rounds.shift()?.after ?? log.base;
  log.pinned = Math.max(-1, log.pinned - 1);
  return index;
}

/** What is learned from a whole round. */
function roundEnded(log: CellLog, { round, after }: Kept): void {
  if (after === QUIET && isClean(round))
    log.baseline.learnRound(round.blocked.length, round.blocked.length + round.open.length);
  const { latest } = log;
  if (after.open === null) contradicted(log, round);
  if (latest === null || after.open === null || log.rounds.length - 1 <= log.pinned) return;
  countVotes(latest.episode, round, after.ending.sum > 0);
  if (!round.asked && hearAfterAlarm(latest.episode, round, log.settings)) log.crossed = true;
  if (after.ending.sum === 0) fitShare(latest.episode, round, log.settings);
  // What raised the alarm is seen better with the rounds that follow.
  if (latest.episode.freshRounds <= EDGE_ROUNDS) latest.start = startNow(log, log.rounds.length - 1);
}

function recompute(log: CellLog, from: number, cadenceMs: number, crowd: () => Crowd): Outcome["kind"] | null {
  let kind: Outcome["kind"] | null = null;
  const { baseline, settings } = log;
  const scene = { baseline, voters: votersOf(log.rounds, cadenceMs), settings, cadenceMs, crowd };
  for (let index = from; index < log.rounds.length; index++) {
    const kept = log.rounds[index];
    if (kept === undefined) break;
    const previous = log.rounds[index - 1];
    const idle = previous === undefined ? 0 : (kept.round.start - previous.round.start) / cadenceMs;
    const { state, change } = stepCell(previous?.after ?? log.base, kept.round, idle, scene);
    kept.after = state;
    if (change.kind === "none") continue;
    kind = change.kind;
    log.pinned = index;
    if (change.kind === "opened") kept.after = open(log, index, change.share, change.since);
    else if (log.latest !== null) log.latest.end = endNow(log, log.latest, index);
  }
  return kind;
}

function open(log: CellLog, index: number, share: number, since: EpochMs): CellState {
  const episode = newEpisode(share, since);
  const rounds = log.rounds.slice(Math.max(0, index + 1 - START_ROUNDS), index + 1);
  for (const { round } of rounds)
    if (round.start >= since) for (const vote of countedVotes(round).blocked) grow(episode, vote);
  log.held = [];
  log.latest = { episode, start: { after: null, by: since }, end: null };
  const start = startNow(log, index);
  log.latest.start = start;
  for (const { round } of rounds) {
    if (round.start < start.by) continue;
    fitShare(episode, round, log.settings);
    // The round that raised the alarm has not ended.
    if (round !== rounds.at(-1)?.round) countVotes(episode, round, false);
  }
  return openedCell(episode);
}

function startNow(log: CellLog, index: number): Start {
  const { latest } = log;
  const rounds = log.rounds.slice(Math.max(0, index + 1 - START_ROUNDS), index + 1).map(({ round }) => round);
  if (latest === null) return { after: null, by: rounds[0]?.start ?? 0 };
  return startOf(rounds, gainsOf(log, rounds, latest.episode), latest.episode);
}

function endNow(log: CellLog, { episode, start }: Block, index: number): End {
  const from = Math.max(0, index + 1 - START_ROUNDS);
  const rounds = log.rounds.slice(from, index + 1).map(({ round }) => round);
  const within = rounds.filter((round) => round.start >= start.by - 1);
  const gains = gainsOf(log, within, episode).map((gain) => -gain);
  return endOf(within, gains, episode);
}

/** Log-likelihood ratios of rounds for the block that was found in them. */
function gainsOf({ baseline, settings }: CellLog, rounds: readonly Round[], episode: Episode): number[] {
  const share = settings.blockShares[episode.share] ?? 1;
  return rounds.map((round) => {
    const votes = countedVotes(round);
    const ear = { baseline, settings, quality: round.quality, before: { since: 0, blocked: 0, all: 0 } };
    return votes.blocked.length + votes.open.length === 0 ? 0 : roundEvidence(votes, share, ear);
  });
}

/** A late vote from before what was published: the block stands, its edges sharpen. */
function sharpen(log: CellLog, vote: Vote): Outcome["kind"] | null {
  const { latest } = log;
  if (latest === null) return null;
  const { episode, start, end } = latest;
  if (vote.blocked && vote.at >= start.by && (end === null || vote.at <= end.by)) grow(episode, vote);
  const opening = log.rounds.findIndex(({ after }) => after.open === episode);
  const closing = log.pinned;
  if (end !== null) latest.end = endNow(log, latest, closing);
  const found = opening < 0 ? null : startNow(log, opening);
  // Rounds from before the block are forgotten one day: a start without its lower bound is older knowledge lost.
  if (found !== null && (found.after !== null || start.after === null)) latest.start = found;
  return "changed";
}

/**
 * A quiet vote teaches the baseline. While what a probe says lifts a sum its record is frozen, and teaches once that is
 * over. The sums themselves may stand: one probe's word does not freeze the others' records.
 */
function teach(log: CellLog, vote: Vote): void {
  const { open, excursions } = log.rounds.at(-1)?.after ?? log.base;
  if (open !== null) return;
  const lifts = (probe: string) => excursions.some(({ own }) => (own.get(probe)?.evidence ?? 0) > 0);
  if (!lifts(vote.probe)) log.baseline.learn(vote.probe, vote.blocked);
  else if (log.held.length < HELD_MOST) log.held.push(vote);
  if (log.held.length === 0) return;
  for (const { probe, blocked } of log.held) if (!lifts(probe)) log.baseline.learn(probe, blocked);
  log.held = log.held.filter(({ probe }) => lifts(probe));
}

/** A failure in a round in which several others found it open, and none blocked, was the probe's own. */
function contradicted(log: CellLog, { blocked, open }: Round): void {
  const [only] = blocked;
  if (only === undefined || blocked.length > 1 || open.length < 2) return;
  for (const vote of log.held) if (vote.probe === only.probe) log.baseline.learn(vote.probe, vote.blocked);
  log.held = log.held.filter(({ probe }) => probe !== only.probe);
}

/** Number of probes that voted of late. */
function votersOf(rounds: readonly Kept[], cadenceMs: number): number {
  const seen = new Set<string>();
  const since = (rounds.at(-1)?.round.start ?? 0) - VOTER_ROUNDS * cadenceMs;
  for (let index = rounds.length - 1; index >= 0; index--) {
    const round = rounds[index]?.round;
    if (round === undefined || (index < rounds.length - VOTER_ROUNDS && round.start < since)) break;
    for (const probe of round.open) seen.add(probe);
    for (const { probe } of round.blocked) seen.add(probe);
  }
  return seen.size;
}
