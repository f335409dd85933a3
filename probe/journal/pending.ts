import type { Entry, EntryDraft } from "../../protocol/records/entry.ts";
import { type ProbeClock, utc } from "../clock.ts";
import { VALUE, type Value, worthOf } from "./value.ts";

/** An entry that waits for the disk: its clocks are fixed, its place in the chain is not. */
export type Stamped = {
  readonly draft: EntryDraft;
  readonly value: Value;
  readonly bytes: number;
  readonly stamp: Pick<Entry, "boot" | "mono" | "at" | "clock">;
};

/** Room for what an entry carries beside its body. */
const AROUND_BODY_BYTES = 400;

/** Fixes the clocks of an entry at this moment. */
export function stamped(draft: EntryDraft, urgent: boolean, clock: ProbeClock): Stamped {
  return {
    draft,
    value: worthOf(draft, urgent),
    bytes: Buffer.byteLength(JSON.stringify(draft.body)) + AROUND_BODY_BYTES,
    stamp: {
      boot: clock.boot,
      mono: Math.round(clock.monoMs() * 10) / 10,
      at: utc(clock.wallMs()),
      clock: clock.offset(),
    },
  };
}

/** Entries in memory, in order of writing. */
export type Pending = {
  /** Adds one; returns those that had to be given up to stay within the bounds. */
  push: (entry: Stamped) => readonly Stamped[];
  /** The oldest entries, `maxBytes` of them, one at least where there is any. */
  first: (maxBytes: number) => readonly Stamped[];
  /** Takes the oldest `count` away. */
  shift: (count: number) => void;
  size: () => number;
  bytes: () => number;
};

/**
 * A bounded queue in memory. When full, the oldest entry of the lowest value goes first; as the chain is made only at
 * the commit, what is given up here leaves no gap. Vital entries go last of all.
 */
export function createPending(maxCount: number, maxBytes: number): Pending {
  const entries: Stamped[] = [];
  let bytes = 0;
  const dropOne = () => {
    const lowest = Math.min(...entries.map((entry) => entry.value));
    const index = entries.findIndex((entry) => entry.value === lowest);
    bytes -= entries[index]?.bytes ?? 0;
    return entries.splice(index, 1);
  };
  return {
    push: (entry) => {
      entries.push(entry);
      bytes += entry.bytes;
      const dropped: Stamped[] = [];
      while (entries.length > 1 && (entries.length > maxCount || bytes > maxBytes)) dropped.push(...dropOne());
      return dropped;
    },
    first: (limitBytes) => {
      let sum = 0;
      const beyond = entries.findIndex((entry, index) => {
        sum += entry.bytes;
        return index > 0 && sum > limitBytes;
      });
      return beyond < 0 ? entries : entries.slice(0, beyond);
    },
    shift: (count) => {
      for (const entry of entries.splice(0, count)) bytes -= entry.bytes;
    },
    size: () => entries.length,
    bytes: () => bytes,
  };
}

/** Which entries may still be stored: beyond the cap ordinary measurements may not, beyond twice the cap only vital ones. */
export function admitted(value: Value, storedBytes: number, capBytes: number): boolean {
  if (storedBytes > 2 * capBytes) return value >= VALUE.vital;
  if (storedBytes > capBytes) return value >= VALUE.alive;
  return true;
}
