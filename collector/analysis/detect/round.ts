import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { LineQuality } from "./control-checks.ts";
import { valueAt } from "./statistics.ts";
import type { Vote } from "./vote.ts";

/**
 * Votes of one round of a cell, one a probe. Open votes, which are nearly all, are kept as two columns: who, and for each
 * since when it was open and when that had been shown, one after the other.
 */
export type Round = {
  start: EpochMs;
  open: string[];
  times: EpochMs[];
  blocked: Vote[];
  /** It began sooner after the round before than rounds do: a look that the collector asked for, after an anomaly. */
  asked: boolean;
  /** What was known of the line; not asked for while nothing is blocked. */
  quality: LineQuality | null;
  /** Its columns are cut to size and may be those of other rounds as well: they are copied before they change. */
  sealed: boolean;
};

/** Votes of a round that count: none from bad lines, and in a bad network only proof that noise cannot make. */
export type Counted = { blocked: Vote[]; open: string[] };

/** No blocked votes: shared by all rounds without any, and never changed. */
const NONE: Vote[] = [];

/** A round without votes. */
export function newRound(start: EpochMs, asked = false): Round {
  return { start, open: [], times: [], blocked: NONE, asked, quality: null, sealed: false };
}

/** Since when an open vote holds, by its place; and when it had been shown. */
export function openFrom({ times }: Round, place: number): EpochMs {
  return valueAt(times, 2 * place);
}

/** See {@link openFrom}. */
export function openAt({ times }: Round, place: number): EpochMs {
  return valueAt(times, 2 * place + 1);
}

/** Adds an open vote of a probe that has none in the round. */
export function pushOpen(round: Round, probe: string, from: EpochMs, at: EpochMs): void {
  unseal(round);
  round.open.push(probe);
  round.times.push(from, at);
}

/** Widens an open vote by another of the same probe. */
export function widenOpen(round: Round, place: number, from: EpochMs, at: EpochMs): void {
  unseal(round);
  round.times[2 * place] = Math.max(from, openFrom(round, place));
  round.times[2 * place + 1] = Math.min(at, openAt(round, place));
}

/** Puts a vote into a round: one probe, one vote. A second one of the same kind widens the first, and does not take its
 * proof away; one of the other kind takes its place. */
export function putVote(round: Round, vote: Vote): void {
  const { probe, from, at } = vote;
  const place = round.open.indexOf(probe);
  const before = round.blocked.findIndex((one) => one.probe === probe);
  const known = round.blocked[before];
  if (!vote.blocked) {
    if (known !== undefined) round.blocked.splice(before, 1);
    if (place < 0) pushOpen(round, probe, from, at);
    else widenOpen(round, place, from, at);
    return;
  }
  if (place >= 0) {
    unseal(round);
    round.open.splice(place, 1);
    round.times.splice(2 * place, 2);
  }
  if (known !== undefined) round.blocked.splice(before, 1);
  if (round.blocked === NONE) round.blocked = [];
  round.blocked.push(known === undefined ? vote : bothOf(known, vote));
}

function unseal(round: Round): void {
  if (!round.sealed) return;
  round.open = round.open.slice();
  round.times = round.times.slice();
  round.sealed = false;
}

/**
 * Cuts the columns of a round that has ended to their size; where the same probes were open in the same order as in the
 * round before it, which is usual, the two share one list. A cell keeps some hundreds of rounds.
 */
export function seal(round: Round, before: Round | undefined): void {
  if (round.sealed) return;
  round.open = before?.sealed === true && isSame(round.open, before.open) ? before.open : round.open.slice();
  round.times = round.times.slice();
  round.sealed = true;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let place = 0; place < a.length; place++) if (a[place] !== b[place]) return false;
  return true;
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
function votedAt(round: Round, probe: string): EpochMs | null {
  const place = round.open.indexOf(probe);
  return (place >= 0 ? openAt(round, place) : round.blocked.find((vote) => vote.probe === probe)?.at) ?? null;
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
