import { textOf } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { LIMITS } from "../../protocol/limits.ts";

/** The longest line: a canonical entry, and what stands around it. */
export const LINE_BYTES = LIMITS.entryBytes + 16 * 1024;

/** Where an entry belongs: replay takes entries in the order of (`received`, `probe`, `seq`). */
export type EntryKey = { readonly received: number; readonly probe: string; readonly seq: number };

/** A line that holds an entry, by its key; the entry itself is not checked yet. `tail`: its end, where it was read. */
export type EntryLine = EntryKey & {
  readonly number: number;
  readonly text: string;
  readonly tail?: Tail | null | undefined;
};

const HEAD = '{"entry":';
/** The end of a line in canonical JSON, from its last `prev` on: every name after `mono` sorts behind it. */
const PREV = '"prev":"';
const TAIL =
  /"prev":"([0-9a-f]{64})","probe":"([^"\\]{1,64})","seq":(\d{1,16}),"v":1\}(,"received":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)"(?:,"signature":"([^"\\]{0,128})")?,"type":"entry"\})$/y;
const TAIL_CHARS = 512;

/** What the end of a canonical entry line tells. */
export type Tail = EntryKey & {
  readonly prev: string;
  readonly signature: string | null;
  /** How many characters of the line stand behind its entry. */
  readonly behind: number;
  /** Hash of the entry's text, where it was made before. */
  readonly hash?: string;
};

/** Where a line stands in UTF-8. */
export type Span = { readonly bytes: Uint8Array; readonly from: number; readonly to: number };

/** A canonical entry line whose end was read before; all of it is read when it is asked for. */
export type ReadLine = EntryKey & { readonly read: () => { readonly text: string; readonly tail: Tail } };

/** The text of a line in UTF-8. */
export function spanText({ bytes, from, to }: Span): string {
  return textOf(bytes.subarray(from, to));
}

/** What the end of a canonical entry line tells; null for a line of another form, which must be parsed. */
export function readTail(line: string): Tail | null {
  if (!line.startsWith(HEAD)) return null;
  const end = line.slice(-TAIL_CHARS);
  TAIL.lastIndex = Math.max(0, end.lastIndexOf(PREV));
  const match = TAIL.exec(end);
  if (match === null) return null;
  const [, prev = "", probe = "", seq = "", behind = "", time = "", signature = null] = match;
  const received = Date.parse(time);
  if (Number.isNaN(received)) return null;
  return { received, probe, seq: Number(seq), prev, signature, behind: behind.length };
}

/** The entry in a line with this tail, as it was signed: canonical as the line is. */
export function entryIn(line: string, { behind }: Tail): string {
  return line.slice(HEAD.length, line.length - behind);
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
