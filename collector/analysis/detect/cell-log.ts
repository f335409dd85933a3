import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { Baseline } from "./baseline.ts";
import { endNow, openBlock, sharpen, startNow } from "./block-edges.ts";
import { QUIET, stepCell, WITHIN } from "./cell.ts";
import type { Block, CellLog, Kept, Outcome } from "./cell-history.ts";
import type { LineQuality } from "./control-checks.ts";
import { type Crowd, NO_CROWD } from "./crowd.ts";
import { countVotes, fitShare, grow, hearAfterAlarm } from "./episode.ts";
import { isClean, isFurtherLook, newRound, openAt, pushOpen, putVote, seal, widenOpen } from "./round.ts";
import { suspicionOf } from "./suspicion.ts";
import { contradicted, teach } from "./teach.ts";
import type { Vote } from "./vote.ts";

/** Rounds back over which the probes of a cell are counted. */
const VOTER_ROUNDS = 4;
/** Rounds after the alarm that still count for the start. */
const EDGE_ROUNDS = 4;

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

/**
 * Puts an open vote into a quiet cell: the common path. False where it is not that common: then nothing is changed, and
 * {@link addVote} must take it.
 */
export function addOpen(log: CellLog, probe: string, from: EpochMs, at: EpochMs, cadenceMs: number): boolean {
  const { rounds, settings } = log;
  const kept = rounds[rounds.length - 1];
  if (kept === undefined || kept.after !== QUIET || kept.round.blocked.length > 0 || at < kept.round.start)
    return false;
  const { round } = kept;
  if (at >= round.start + cadenceMs) {
    if (round.asked) return false;
    roundEnded(log, kept);
    seal(round, rounds[rounds.length - 2]?.round);
    const next = newRound(at);
    pushOpen(next, probe, from, at);
    append(log, { round: next, after: QUIET });
    log.baseline.learn(probe, false);
  } else {
    // What ended or spoke for something in this very round is weighed anew.
    if ((rounds[rounds.length - 2]?.after ?? log.base) !== QUIET) return false;
    const place = round.open.indexOf(probe);
    if (place < 0) pushOpen(round, probe, from, at);
    else if (at - openAt(round, place) >= Math.min(settings.lookGapMs, settings.lookGapRounds * cadenceMs))
      return false;
    else widenOpen(round, place, from, at);
    if (!round.asked) log.baseline.learn(probe, false);
  }
  log.suspicion = "none";
  return true;
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
  if (last && kept !== undefined) {
    roundEnded(log, kept);
    seal(kept.round, rounds[index - 1]?.round);
  }
  const regular = rounds.slice(0, index + 1).findLast((one) => !one.round.asked)?.round.start;
  const round = newRound(vote.at, regular !== undefined && vote.at - regular < WITHIN * cadenceMs);
  putVote(round, vote);
  const made = { round, after: kept?.after ?? log.base };
  if (last) return append(log, made);
  rounds.splice(index + 1, 0, made);
  if (index + 1 <= log.pinned) log.pinned++;
  return index + 1 - forgetOldest(log);
}

/** Adds the newest round; gives its place. */
function append(log: CellLog, kept: Kept): number {
  log.rounds.push(kept);
  return log.rounds.length - 1 - forgetOldest(log);
}

/** Forgets the oldest round where there are too many; gives how many. */
function forgetOldest(log: CellLog): 0 | 1 {
  if (log.rounds.length <= log.settings.roundsKept) return 0;
  log.base = log.rounds.shift()?.after ?? log.base;
  log.pinned = Math.max(-1, log.pinned - 1);
  return 1;
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
    if (change.kind === "opened") kept.after = openBlock(log, index, change.share, change.since);
    else if (log.latest !== null) log.latest.end = endNow(log, log.latest, index);
  }
  return kind;
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
