import type { Access } from "../../../protocol/primitives.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { Round } from "./round.ts";

/** What a probe has said so far: votes, claims that nobody beside it shared, wrong answers on canaries. */
export type Standing = {
  readonly probe: string;
  votes: number;
  alone: number;
  lies: number;
  /** Its first and its latest vote. */
  since: EpochMs;
  last: EpochMs;
  access: Access | null;
};

/** What weight a probe's word has, by its age and history. */
export type Trust = {
  of: (probe: string) => Standing;
  /** A canary (its answer is known) was told rightly or wrongly. */
  canary: (standing: Standing, isWrong: boolean) => void;
  /** A probe voted in a round beside others. */
  voted: (standing: Standing, vote: { blocked: boolean; at: EpochMs }, round: Round | null) => void;
  isHeard: (standing: Standing) => boolean;
  /** Weight of a probe's word in a quorum, 0 to 1. */
  weightOf: (probe: string, now: EpochMs) => number;
  /** Witnesses that have voted within a day. */
  active: (now: EpochMs) => number;
};

/** Votes of others in a round that make a lone claim contradicted. */
const CONTRADICTED_BY = 2;
const DAY_MS = 86_400_000;

/**
 * Standing of probes by their history. A probe loses its weight when it tells canaries wrongly, or when too many of its
 * claims are contradicted by every other probe of the same network and round; it gets it back as its record fades. It
 * says nothing of who lies: a bad line of its own has the same effect. Who is new beside probes that have been there for
 * long weighs less for a week, so that many new probes at once do not make a quorum.
 */
export function createTrust(settings: Settings): Trust {
  const standings = new Map<string, Standing>();
  let begun: EpochMs = Number.POSITIVE_INFINITY;
  const isHeard = ({ votes, alone, lies }: Standing) =>
    lies < settings.canaryLies && !(alone >= settings.dissentLeast && alone > settings.dissentShare * votes);
  return {
    of: (probe) => {
      const known = standings.get(probe);
      if (known !== undefined) return known;
      const made: Standing = { probe, votes: 0, alone: 0, lies: 0, since: 0, last: 0, access: null };
      standings.set(probe, made);
      return made;
    },
    canary: (standing, isWrong) => {
      standing.lies = isWrong ? standing.lies + 1 : Math.max(0, standing.lies - settings.canaryForgiven);
    },
    voted: (standing, { blocked, at }, round) => {
      if (standing.votes === 0) {
        standing.since = at;
        if (at < begun) begun = at;
      }
      if (standing.votes >= settings.dissentMemory) {
        standing.votes /= 2;
        standing.alone /= 2;
      }
      standing.votes++;
      standing.last = at;
      if (!blocked || round === null || round.open.length < CONTRADICTED_BY) return;
      if (round.blocked.every(({ probe }) => probe === standing.probe)) standing.alone++;
    },
    isHeard,
    weightOf: (probe, now) => {
      const standing = standings.get(probe);
      if (standing === undefined) return 1;
      if (!isHeard(standing)) return 0;
      const full = Math.min(settings.ageFullMs, (now - begun) / 2);
      const age = full <= 0 ? 1 : Math.min(1, Math.max(settings.ageLeast, (now - standing.since) / full));
      return age * (1 - standing.lies / settings.canaryLies);
    },
    active: (now) => {
      let count = 0;
      for (const { last } of standings.values()) if (last > now - DAY_MS) count++;
      return count;
    },
  };
}
