import { canonicalJson } from "../../protocol/canonical-json.ts";

/** Where an entry belongs: replay takes entries in the order of (`received`, `probe`, `seq`). */
export type EntryKey = { readonly received: number; readonly probe: string; readonly seq: number };

/** A line that holds an entry, by its key; the entry itself is not checked yet. `tail`: its end, where it was read. */
export type EntryLine = EntryKey & {
  readonly number: number;
  readonly text: string;
  readonly tail?: Tail | null | undefined;
};

/** The end of a line in canonical JSON: every name after `mono` sorts behind it. */
const TAIL =
  /"prev":"([0-9a-f]{64})","probe":"([^"\\]{1,64})","seq":(\d{1,16}),"v":1\}(,"received":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)"(?:,"signature":"([^"\\]{0,128})")?,"type":"entry"\})$/;
const HEAD = '{"entry":';
const TAIL_CHARS = 512;

/** What the end of a canonical entry line tells. */
export type Tail = EntryKey & {
  readonly prev: string;
  readonly signature: string | null;
  readonly entryText: string;
  /** Hash of `entryText`, where it was made before. */
  readonly hash?: string;
};

/** What the end of a canonical entry line tells; null for a line of another form, which must be parsed. */
export function readTail(text: string): Tail | null {
  if (!text.startsWith(HEAD)) return null;
  const match = TAIL.exec(text.slice(-TAIL_CHARS));
  if (match === null) return null;
  const [, prev = "", probe = "", seq = "", around = "", time = "", signature = null] = match;
  const received = Date.parse(time);
  if (Number.isNaN(received)) return null;
  return {
    received,
    probe,
    seq: Number(seq),
    prev,
    signature,
    entryText: text.slice(HEAD.length, text.length - around.length),
  };
}

/** Order of entry lines; lines with one key are ordered by their text, so that no order of lines in a file matters. */
export function lineOrder(a: EntryLine, b: EntryLine): number {
  const byKey = keyOrder(a, b);
  if (byKey !== 0 || a.text === b.text) return byKey;
  return a.text < b.text ? -1 : 1;
}

/** Order of keys. */
export function keyOrder(a: EntryKey, b: EntryKey): number {
  if (a.received !== b.received) return a.received - b.received;
  if (a.probe !== b.probe) return a.probe < b.probe ? -1 : 1;
  return a.seq - b.seq;
}

/** Canonical text of an entry; null when it cannot be written so. */
export function canonicalEntry(entry: unknown): string | null {
  try {
    return canonicalJson(entry);
  } catch {
    return null;
  }
}
