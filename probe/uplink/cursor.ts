import type { Logger } from "pino";
import { utc } from "../clock.ts";
import type { Identity } from "../identity/identity.ts";
import type { Journal } from "../journal/journal.ts";
import { type Packed, packBatch } from "./pack.ts";
import { createPortion } from "./portion.ts";

/** Where delivery stands: one for all routes, as they lead to the same collector. */
export type Cursor = {
  /** Whether anything committed is not yet acknowledged. */
  behind: () => boolean;
  next: () => Promise<Packed | null>;
  acknowledged: (seq: number, at: string) => void;
  /** Takes the collector's word of what it has; false when its chain is not this journal's and sending is no use. */
  resume: (seq: number, hash: string) => boolean;
  /** The collector misses earlier entries: goes back to the oldest kept. False when that was tried already. */
  rewind: () => boolean;
  /** The last delivery was too big: sends half as many entries. False when it was a single one. */
  shrink: () => boolean;
  /** A delivery got no answer: the next is smaller. False when it was a single entry. */
  broke: (sent: Pick<Packed, "count" | "bytes">) => boolean;
};

/** Makes the cursor over a journal, beginning at its acknowledged entry. */
export function createCursor(journal: Journal, identity: Identity, log: Logger): Cursor {
  const portion = createPortion();
  const kept = () => (journal.firstSeq() ?? 1) - 1;
  return {
    behind: () => journal.head().seq > journal.acknowledged(),
    next: () => packBatch(journal, identity, journal.acknowledged(), portion),
    acknowledged: (seq, at) => {
      // An answer to an older delivery says nothing new.
      if (seq > journal.acknowledged()) journal.acknowledge(seq, at);
      portion.took();
    },
    resume: (seq, hash) => {
      const head = journal.head();
      const ours = seq === 0 ? hash : seq === head.seq ? head.hash : journal.hashAt(seq);
      if (seq > head.seq || (ours !== null && ours !== hash)) {
        log.error({ seq, head: head.seq }, "the collector has another history of this probe: leave and join anew");
        return false;
      }
      if (seq < kept()) log.warn({ from: seq + 1, to: kept() }, "the collector misses entries that are no longer kept");
      if (seq !== journal.acknowledged()) journal.acknowledge(Math.max(seq, kept()), utc(Date.now()));
      return true;
    },
    rewind: () => {
      if (journal.acknowledged() <= kept()) return false;
      journal.acknowledge(kept(), utc(Date.now()));
      return true;
    },
    shrink: portion.halve,
    broke: portion.broke,
  };
}
