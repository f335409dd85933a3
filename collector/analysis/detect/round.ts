import type { EpochMs } from "../types.ts";
import type { LineQuality } from "./control-checks.ts";
import type { Vote } from "./vote.ts";

/**
 * Votes of one round of a cell, one a probe. Open votes, which are nearly all, are kept as three columns: who, since when
 * it was open, and when that had been shown.
 */
export type Round = {
  start: EpochMs;
  open: string[];
  openFrom: EpochMs[];
  openAt: EpochMs[];
  blocked: Vote[];
  /** It began sooner after the round before than rounds do: a look that the collector asked for, after an anomaly. */
  asked: boolean;
  /** What was known of the line; not asked for while nothing is blocked. */
  quality: LineQuality | null;
};

/** Votes of a round that count: none from bad lines, and in a bad network only proof that noise cannot make. */
export type Counted = { blocked: Vote[]; open: string[] };

/** A round without votes. */
export function newRound(start: EpochMs, asked = false): Round {
  return { start, open: [], openFrom: [], openAt: [], blocked: [], asked, quality: null };
}

/** Puts a vote into a round in place of the same probe's earlier one: one probe, one vote. */
export function putVote(round: Round, vote: Vote): void {
  const open = round.open.indexOf(vote.probe);
  const blocked = round.blocked.findIndex(({ probe }) => probe === vote.probe);
  if (blocked >= 0) round.blocked.splice(blocked, 1);
  if (vote.blocked) {
    if (open >= 0) for (const column of [round.open, round.openFrom, round.openAt]) column.splice(open, 1);
    round.blocked.push(vote);
    return;
  }
  const place = open >= 0 ? open : round.open.length;
  round.open[place] = vote.probe;
  round.openFrom[place] = vote.from;
  round.openAt[place] = vote.at;
}

/** When a probe gave its vote of a round; null: it gave none. */
export function votedAt({ open, openAt, blocked }: Round, probe: string): EpochMs | null {
  const place = open.indexOf(probe);
  return (place >= 0 ? openAt[place] : blocked.find((vote) => vote.probe === probe)?.at) ?? null;
}

/** The votes that count, given what is known of the line. */
export function countedVotes({ blocked, open, quality }: Round): Counted {
  if (quality === null || (!quality.masked && quality.badLines.size === 0)) return { blocked, open };
  const { masked, badLines } = quality;
  return {
    blocked: blocked.filter(({ certain, probe }) => certain || !(masked || badLines.has(probe))),
    open: masked ? [] : open.filter((probe) => !badLines.has(probe)),
  };
}
