import type { EpochMs } from "../types.ts";
import { type CellState, openedCell, roundEvidence } from "./cell.ts";
import type { Block, CellLog, Outcome } from "./cell-history.ts";
import { type End, endOf, type Start, startOf } from "./edges.ts";
import { countVotes, type Episode, fitShare, grow, newEpisode } from "./episode.ts";
import { countedVotes, type Round } from "./round.ts";
import type { Vote } from "./vote.ts";

/** How far back the start is looked for. */
const START_ROUNDS = 96;

/** Opens a block in the round at a place: its episode, with what it has heard since the excursion began. */
export function openBlock(log: CellLog, index: number, share: number, since: EpochMs): CellState {
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

/** Bounds of the beginning as the rounds up to a place have it. */
export function startNow(log: CellLog, index: number): Start {
  const { latest } = log;
  const rounds = log.rounds.slice(Math.max(0, index + 1 - START_ROUNDS), index + 1).map(({ round }) => round);
  if (latest === null) return { after: null, by: rounds[0]?.start ?? 0 };
  return startOf(rounds, gainsOf(log, rounds, latest.episode), latest.episode);
}

/** Bounds of the end as the rounds up to a place have it. */
export function endNow(log: CellLog, { episode, start }: Block, index: number): End {
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
export function sharpen(log: CellLog, vote: Vote): Outcome["kind"] | null {
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
