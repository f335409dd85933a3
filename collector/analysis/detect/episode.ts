import type { VerdictCode } from "../../../protocol/verdict.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { Round } from "./round.ts";
import type { Vote } from "./vote.ts";

/** A block found in a cell, as it grows. Times are of the votes that show them. */
export type Episode = {
  /** Index of the alternative that fits the votes so far best: a block may turn out wider than what raised the alarm. */
  share: number;
  /** Votes of the rounds in which nothing spoke for its end. */
  within: Votes;
  firstBlocked: EpochMs;
  lastBlocked: EpochMs;
  /** Everybody who was ever blocked in it; those who mostly were are its witnesses (witnessesOf). */
  everBlocked: Set<string>;
  proofs: Set<string>;
  blockedVotes: number;
  codes: Map<VerdictCode, number>;
  /** Votes with proof that noise cannot make, whose pages came in place, and the least hops of a false answer. */
  certain: number;
  authorities: Set<"own" | "foreign">;
  hops: number | null;
  /** Votes of each probe while it went on; rounds that speak for its end are in doubt until one does not. */
  votes: Map<string, Votes>;
  doubt: Round[];
  /** Log-likelihood ratio of rounds after the alarm, and the round in which each probe was last heard for it. */
  fresh: number;
  freshRounds: number;
  freshHeard: Map<string, number>;
};

/** Blocked votes and all votes. */
type Votes = { blocked: number; all: number };

/** An episode without votes. */
export function newEpisode(share: number, since: EpochMs): Episode {
  return {
    share,
    within: { blocked: 0, all: 0 },
    firstBlocked: since,
    lastBlocked: 0,
    everBlocked: new Set(),
    proofs: new Set(),
    blockedVotes: 0,
    codes: new Map(),
    certain: 0,
    authorities: new Set(),
    hops: null,
    votes: new Map(),
    doubt: [],
    fresh: 0,
    freshRounds: 0,
    freshHeard: new Map(),
  };
}

/** Adds a blocked vote; true when it brings a witness or a proof that was not there. */
export function grow(episode: Episode, vote: Vote): boolean {
  const before = episode.everBlocked.size + episode.proofs.size;
  episode.everBlocked.add(vote.probe);
  if (vote.proof) episode.proofs.add(vote.probe);
  episode.lastBlocked = Math.max(episode.lastBlocked, vote.from);
  episode.blockedVotes++;
  episode.codes.set(vote.code, (episode.codes.get(vote.code) ?? 0) + 1);
  if (vote.certain) episode.certain++;
  if (vote.authority !== undefined) episode.authorities.add(vote.authority);
  if (vote.hops !== undefined) episode.hops = Math.min(episode.hops ?? vote.hops, vote.hops);
  return episode.everBlocked.size + episode.proofs.size > before;
}

/** Rounds held in doubt: what speaks for the end decides within hours. */
const DOUBT_MOST = 64;

/** Counts the votes of a round that has ended; `ending`: it speaks for the end of the block, which may be one. */
export function countVotes(episode: Episode, round: Round, ending: boolean): void {
  const { doubt, votes } = episode;
  doubt.push(round);
  if (ending && doubt.length < DOUBT_MOST) return;
  const of = (probe: string): Votes => {
    const own = votes.get(probe) ?? { blocked: 0, all: 0 };
    votes.set(probe, own);
    own.all++;
    return own;
  };
  for (const { blocked, open } of doubt) {
    for (const { probe } of blocked) of(probe).blocked++;
    for (const probe of open) of(probe);
  }
  doubt.length = 0;
}

/** The witnesses of a block: who was blocked at least half as steadily as the one who was most. A stray failure of a probe
 * that is let through makes no witness of it. */
export function witnessesOf({ everBlocked, votes }: Episode): Set<string> {
  const shareOf = (probe: string) => {
    const own = votes.get(probe);
    return own === undefined ? null : own.blocked / own.all;
  };
  const most = Math.max(0, ...[...everBlocked].map((probe) => shareOf(probe) ?? 0));
  return new Set([...everBlocked].filter((probe) => (shareOf(probe) ?? most) >= most / 2));
}

/** How steadily the witnesses were blocked while it went on. */
export function steadinessOf(episode: Episode): Votes {
  const own = [...witnessesOf(episode)].map((probe) => episode.votes.get(probe) ?? { blocked: 0, all: 0 });
  return own.reduce((sum, one) => ({ blocked: sum.blocked + one.blocked, all: sum.all + one.all }), {
    blocked: 0,
    all: 0,
  });
}

/** Fits the share of blocked votes to a further round within the block. */
export function fitShare(episode: Episode, round: Round, { blockShares }: Settings): void {
  const { within } = episode;
  within.blocked += round.blocked.length;
  within.all += round.blocked.length + round.open.length;
  const seen = within.blocked / Math.max(1, within.all);
  blockShares.forEach((share, index) => {
    if (Math.abs(share - seen) < Math.abs((blockShares[episode.share] ?? 0) - seen)) episode.share = index;
  });
}

/**
 * Hears a round after the alarm for the confirmation (Wald's sequential probability ratio test, Ann. Math. Stat. 16
 * (1945) 117-186, on rounds that the alarm has not seen): graded votes, a probe in every other round at most, a round
 * capped, since its votes share faults. True when the sum has changed; it is kept within limits.
 */
export function hearAfterAlarm(episode: Episode, round: Round, settings: Settings): boolean {
  const { confirmEvidence, refuteEvidence, roundEvidenceMost, gradeEvidence } = settings;
  const at = ++episode.freshRounds;
  const counts = (probe: string) => {
    if (at - (episode.freshHeard.get(probe) ?? -2) < 2) return false;
    episode.freshHeard.set(probe, at);
    return true;
  };
  let sum = 0;
  for (const { probe, proof, certain } of round.blocked)
    if (counts(probe)) sum += certain ? gradeEvidence.certain : proof ? gradeEvidence.proof : gradeEvidence.contrasted;
  // A probe that is not blocked by it tells of the extent, not of the block.
  const witnesses = witnessesOf(episode);
  for (const probe of round.open) if (witnesses.has(probe) && counts(probe)) sum += gradeEvidence.open;
  const before = episode.fresh;
  const most = 3 * confirmEvidence;
  episode.fresh = Math.min(most, Math.max(2 * refuteEvidence, before + Math.min(roundEvidenceMost, sum)));
  return episode.fresh !== before;
}
