import type { Settings } from "../settings.ts";
import type { Round } from "./round.ts";

/** What weight a probe's word has: all, or none. */
export type Trust = {
  /** A probe called a canary, a site that cannot be blocked, blocked or open. */
  canary: (probe: string, blocked: boolean) => void;
  /** A probe voted in a round beside others. */
  voted: (probe: string, blocked: boolean, round: Round | null) => void;
  isHeard: (probe: string) => boolean;
};

type Record = { votes: number; alone: number; lies: number };

/** Votes of others in a round that make a lone claim contradicted. */
const CONTRADICTED_BY = 2;

/**
 * Standing of probes by their history. A probe loses its weight when it calls canaries blocked, or when too many of its
 * claims are contradicted by every other probe of the same network and round; it gets it back as its record fades. It
 * says nothing of who lies: a bad line of its own has the same effect.
 */
export function createTrust(settings: Settings): Trust {
  const records = new Map<string, Record>();
  const recordOf = (probe: string): Record => {
    let record = records.get(probe);
    if (record === undefined) {
      record = { votes: 0, alone: 0, lies: 0 };
      records.set(probe, record);
    }
    return record;
  };
  return {
    canary: (probe, blocked) => {
      const record = recordOf(probe);
      record.lies = blocked ? record.lies + 1 : Math.max(0, record.lies - 1 / 16);
    },
    voted: (probe, blocked, round) => {
      const record = recordOf(probe);
      if (record.votes >= settings.dissentMemory) {
        record.votes /= 2;
        record.alone /= 2;
      }
      record.votes++;
      if (!blocked || round === null || round.open.length < CONTRADICTED_BY) return;
      if (round.blocked.every((vote) => vote.probe === probe)) record.alone++;
    },
    isHeard: (probe) => {
      const record = records.get(probe);
      if (record === undefined) return true;
      const dissents = record.alone >= settings.dissentLeast && record.alone > settings.dissentShare * record.votes;
      return record.lies < settings.canaryLies && !dissents;
    },
  };
}
