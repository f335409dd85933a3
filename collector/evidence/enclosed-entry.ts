import { z } from "zod";
import { sha256Hex } from "../../protocol/hash.ts";
import { canonicalEntry, type EntryKey, entryIn, type ReadLine, readTail, type Tail } from "../replay/entry-line.ts";

/** Whose an entry is, and where it stands in its chain. */
export type ChainedEntry = {
  readonly probe: string;
  readonly seq: number;
  readonly prev: string;
  readonly signature: string | null;
  /** Hash of the entry's text: the name of the record. */
  readonly hash: string;
};

/**
 * An entry of an archive line, the line itself, and what its probe signed of it: the text that is hashed and logged.
 * `received`: when the collector received it; null where the line does not say. `tail`: null for a line that is not in
 * canonical JSON.
 */
export type EnclosedEntry = ChainedEntry & {
  readonly received: number | null;
  readonly signed: string;
  readonly line: string;
  readonly tail: Tail | null;
};

/** Entries as they are judged again: as many objects would take hundreds of megabytes. By place. */
export type EnclosedEntries = {
  readonly count: number;
  /** Null where the line does not say when it was received. */
  readonly keyAt: (place: number) => EntryKey | null;
  readonly lineAt: (place: number) => string | ReadLine;
};

const EntryLine = z.looseObject({
  type: z.literal("entry"),
  received: z.string().default(""),
  entry: z.looseObject({ probe: z.string(), seq: z.number(), prev: z.string() }),
  signature: z.string().nullable().default(null),
});

/** The entry of an archive line; null when the line holds none. */
export function enclosedEntry(line: string): EnclosedEntry | null {
  const tail = readTail(line);
  if (tail !== null) {
    const { probe, seq, prev, signature, received } = tail;
    const signed = entryIn(line, tail);
    return { probe, seq, prev, signature, hash: sha256Hex(signed), received, signed, line, tail };
  }
  const parsed = EntryLine.safeParse(parsedJson(line));
  const signed = parsed.success ? canonicalEntry(parsed.data.entry) : null;
  if (!parsed.success || signed === null) return null;
  const { probe, seq, prev } = parsed.data.entry;
  const time = Date.parse(parsed.data.received);
  const received = Number.isNaN(time) ? null : time;
  return {
    ...{ probe, seq, prev, signature: parsed.data.signature, hash: sha256Hex(signed) },
    ...{ received, signed, line, tail: null },
  };
}

/** Where an entry belongs among others; null where its line does not say when it was received. */
export function keyOf({ received, probe, seq }: EnclosedEntry): EntryKey | null {
  return received === null ? null : { received, probe, seq };
}

/** The line of an entry as replay takes it: what was read of it need not be read again. */
export function lineOf({ received, probe, seq, hash, line, tail }: EnclosedEntry): string | ReadLine {
  if (received === null || tail === null) return line;
  return { received, probe, seq, read: () => ({ text: line, tail: { ...tail, hash } }) };
}

/** Such entries in a list. */
export function listed(entries: readonly EnclosedEntry[]): EnclosedEntries {
  const at = <T>(place: number, read: (entry: EnclosedEntry) => T): T => {
    const entry = entries[place];
    if (entry === undefined) throw new RangeError(`There is no entry ${place}.`);
    return read(entry);
  };
  return {
    count: entries.length,
    keyAt: (place) => at(place, keyOf),
    lineAt: (place) => at(place, lineOf),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
