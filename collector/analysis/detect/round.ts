import type { Settings } from "../settings.ts";
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

/** Puts a vote into a round: one probe, one vote. A second one of the same kind widens the first, and does not take its
 * proof away; one of the other kind takes its place. */
export function putVote(round: Round, vote: Vote): void {
  const open = round.open.indexOf(vote.probe);
  const [before] = round.blocked.filter(({ probe }) => probe === vote.probe);
  if (before !== undefined) round.blocked.splice(round.blocked.indexOf(before), 1);
  if (vote.blocked) {
    if (open >= 0) for (const column of [round.open, round.openFrom, round.openAt]) column.splice(open, 1);
    round.blocked.push(before === undefined ? vote : bothOf(before, vote));
    return;
  }
  const place = open >= 0 ? open : round.open.length;
  round.open[place] = vote.probe;
  round.openFrom[place] = Math.max(vote.from, round.openFrom[place] ?? vote.from);
  round.openAt[place] = Math.min(vote.at, round.openAt[place] ?? vote.at);
}

/** Two blocked votes of one probe: blocked since the first was shown, and still when the last began. */
function bothOf(one: Vote, other: Vote): Vote {
  return {
    ...other,
    from: Math.max(one.from, other.from),
    at: Math.min(one.at, other.at),
    proof: one.proof || other.proof,
    certain: one.certain || other.certain,
    ...(one.authority && { authority: one.authority }),
    ...(one.hops && { hops: one.hops }),
  };
}

/** When a probe gave its vote of a round; null: it gave none. */
function votedAt({ open, openAt, blocked }: Round, probe: string): EpochMs | null {
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

/** A vote of a probe that has voted in the round some time before: the collector asked for it. */
export function isFurtherLook(
  round: Round,
  { probe, at }: Vote,
  cadenceMs: number,
  { lookGapMs, lookGapRounds }: Settings,
): boolean {
  const before = votedAt(round, probe);
  return before !== null && at - before >= Math.min(lookGapMs, lookGapRounds * cadenceMs);
}

/** Whether a round tells of usual failures: a bad network is none, nor is a look asked for because something failed. */
export function isClean({ asked, quality }: Round): boolean {
  return !asked && quality?.masked !== true;
}
