import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { type CellState, type Change, type Episode, quietCell, type Round, stepCell } from "./cell.ts";
import type { LineQuality, Suspicion } from "./control-checks.ts";
import type { Vote } from "./vote.ts";

/** Rounds of one cell with the state after each, so that a vote that comes late is put where it belongs. */
export type CellLog = {
  readonly settings: Settings;
  rounds: Kept[];
  base: CellState;
  pinned: number;
  /** Whether the cell is open, or its last two rounds were unanimously blocked, by several probes or with proof. */
  suspicion: Suspicion;
};
type Kept = { round: Round; after: CellState; change: Change };

/** Bounds of a beginning; `after` null: it was so when watching began. */
export type Start = { after: EpochMs | null; by: EpochMs };
/** What a vote brought about. */
export type Outcome =
  | { kind: "opened" | "grew"; episode: Episode; start: Start }
  | { kind: "closed"; episode: Episode; start: Start; firstOpen: EpochMs };

/** A log without rounds. */
export function createCellLog(settings: Settings): CellLog {
  return { settings, rounds: [], base: quietCell(settings), pinned: -1, suspicion: "none" };
}

/**
 * Puts a vote into its round and works out the states from there on. Rounds up to the last opening or end are not
 * judged anew: what has been published is not taken back, but a late vote still sharpens its edges.
 */
export function addVote(log: CellLog, vote: Vote, quality: LineQuality, cadenceMs: number): Outcome[] {
  const index = placeVote(log, vote, quality, cadenceMs);
  const outcomes = recompute(log, Math.max(index, log.pinned + 1), cadenceMs);
  prune(log);
  log.suspicion = suspicionOf(log);
  return outcomes;
}

function suspicionOf(log: CellLog): Suspicion {
  if (stateOf(log).open !== null) return "open";
  const last = log.rounds.slice(-2);
  const votes: Vote[] = [];
  for (const { round } of last)
    for (const vote of round.votes.values()) {
      if (!vote.blocked) return "none";
      votes.push(vote);
    }
  if (last.length < 2) return "none";
  const probes = new Set(votes.map(({ probe }) => probe));
  return probes.size > 1 || votes.every(({ proof }) => proof) ? "suspected" : "none";
}

/** State after the latest round. */
function stateOf(log: CellLog): CellState {
  return log.rounds.at(-1)?.after ?? log.base;
}

/**
 * When a block began: after the last open vote of a witness, by the first blocked vote of anybody since then. Probes
 * that are never blocked say nothing of the moment; `after` is null when no witness was seen open.
 */
function startOf(log: CellLog, episode: Episode): Start {
  const earlier: Vote[] = [];
  for (const { round } of log.rounds) {
    // A round starts with its first vote.
    if (round.start >= episode.firstBlocked) break;
    for (const vote of round.votes.values()) if (vote.at < episode.firstBlocked) earlier.push(vote);
  }
  let after: EpochMs | null = null;
  for (const vote of earlier)
    if (!vote.blocked && episode.witnesses.has(vote.probe)) after = Math.max(after ?? vote.from, vote.from);
  let by = episode.firstBlocked;
  for (const vote of earlier)
    if (vote.blocked && vote.at < by && vote.at > (after ?? Number.NEGATIVE_INFINITY)) by = vote.at;
  return { after, by };
}

function placeVote(log: CellLog, vote: Vote, quality: LineQuality, cadenceMs: number): number {
  let index = log.rounds.length - 1;
  while (index >= 0 && (log.rounds[index]?.round.start ?? 0) > vote.at) index--;
  const kept = log.rounds[index];
  const before = kept?.after ?? log.base;
  if (kept === undefined || vote.at >= kept.round.start + cadenceMs) {
    const round = { start: vote.at, votes: new Map([[vote.probe, vote]]), ...quality };
    log.rounds.splice(index + 1, 0, { round, after: before, change: { kind: "none" } });
    if (index + 1 <= log.pinned) log.pinned++;
    return index + 1;
  }
  const votes = new Map(kept.round.votes).set(vote.probe, vote);
  log.rounds[index] = { ...kept, round: { ...kept.round, votes, ...quality } };
  return index;
}

function recompute(log: CellLog, from: number, cadenceMs: number): Outcome[] {
  const changes: Change[] = [];
  for (let index = from; index < log.rounds.length; index++) {
    const kept = log.rounds[index];
    if (kept === undefined) break;
    const previous = log.rounds[index - 1];
    const before = previous?.after ?? log.base;
    const idle = previous === undefined ? 0 : (kept.round.start - previous.round.start) / cadenceMs;
    const { state, change } = stepCell(before, kept.round, idle, log.settings);
    log.rounds[index] = { ...kept, after: state, change };
    if (change.kind === "opened" || change.kind === "closed") log.pinned = index;
    changes.push(change);
  }
  return changes.map((change) => toOutcome(log, change)).filter((outcome) => outcome !== null);
}

function toOutcome(log: CellLog, change: Change): Outcome | null {
  if (change.kind === "none") return null;
  const { kind, episode } = change;
  const start = startOf(log, episode);
  return kind === "closed" ? { kind, episode, start, firstOpen: change.firstOpen } : { kind, episode, start };
}

function prune(log: CellLog): void {
  while (log.rounds.length > log.settings.roundsKept) {
    const oldest = log.rounds.shift();
    if (oldest !== undefined) log.base = oldest.after;
    log.pinned--;
  }
}
