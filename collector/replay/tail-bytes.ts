import { textOf, utf8 } from "../../protocol/bytes.ts";
import type { EntryKey, Span } from "./entry-line.ts";

/** What stands between the values of a canonical entry line, from its end to its begin. */
const TYPE = utf8('","type":"entry"}');
const SIGNATURE = utf8('","signature":"');
const RECEIVED = utf8(',"received":"');
const VERSION = utf8(',"v":1}');
const SEQ = utf8('","seq":');
const PROBE = utf8('","probe":"');
const PREV = utf8('"prev":"');
const HEAD = utf8('{"entry":');
const [QUOTE, ZERO] = [0x22, 0x30];
const MOST = { signature: 128, time: 40, seq: 15, probe: 64 };
const HASH_DIGITS = 64;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
export const NOWHERE = -1;
/** Kinds of bytes as bits: characters of ASCII that stand in a JSON string as they are, digits, hexadecimal digits. */
const [PLAIN, DIGIT, HEX] = [1, 2, 4];
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const letter = String.fromCharCode(byte);
  const plain = byte < 0x80 && letter !== '"' && letter !== "\\" ? PLAIN : 0;
  return plain | (/\d/.test(letter) ? DIGIT : 0) | (/[0-9a-f]/.test(letter) ? HEX : 0);
});
/** Names are held once, not once an entry: who compares them then compares addresses. More than a fleet has are not held. */
const NAMES_MOST = 10_000;
const names = new Map<string, string>();

/** What the end of a canonical entry line in UTF-8 tells, and where in its bytes the longer values begin. */
export type SpanTail = EntryKey & {
  readonly prevFrom: number;
  /** NOWHERE when the line has none. */
  readonly signatureFrom: number;
  /** How many bytes of the line stand behind its entry. */
  readonly behind: number;
};

/**
 * Reads the end of a canonical entry line in UTF-8 backwards: it finds what readTail of entry-line.ts finds in the text, in
 * half the time. Null for a line of another form, and where a value is not all ASCII.
 */
export function readTailOf({ bytes, from, to }: Span): SpanTail | null {
  const last = before(bytes, to, TYPE);
  const lastFrom = valueBefore(bytes, last, MOST.signature);
  const unsigned = before(bytes, lastFrom, SIGNATURE) === NOWHERE;
  const timeTo = unsigned ? last : lastFrom - SIGNATURE.length;
  const timeFrom = valueBefore(bytes, timeTo, MOST.time);
  const entryTo = before(bytes, timeFrom, RECEIVED);
  const seqTo = before(bytes, entryTo, VERSION);
  const seqFrom = runBefore(bytes, seqTo, MOST.seq, DIGIT);
  const probeTo = before(bytes, seqFrom, SEQ);
  const probeFrom = valueBefore(bytes, probeTo, MOST.probe);
  const prevTo = before(bytes, probeFrom, PROBE);
  const prevFrom = runBefore(bytes, prevTo, HASH_DIGITS, HEX);
  // One that fails makes all after it fail.
  if (before(bytes, prevFrom, PREV) < from + HEAD.length || before(bytes, from + HEAD.length, HEAD) !== from)
    return null;
  if (prevTo - prevFrom !== HASH_DIGITS || seqFrom === seqTo || probeFrom === probeTo) return null;
  const time = textOf(bytes.subarray(timeFrom, timeTo));
  const received = TIME.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(received)) return null;
  return {
    received,
    probe: nameOf(textOf(bytes.subarray(probeFrom, probeTo))),
    seq: numberOf(bytes, seqFrom, seqTo),
    prevFrom,
    signatureFrom: unsigned ? NOWHERE : lastFrom,
    behind: to - entryTo,
  };
}

/** The hash of the entry before that a line with this tail names. */
export function prevIn({ bytes }: Span, { prevFrom }: Pick<SpanTail, "prevFrom">): string {
  return textOf(bytes.subarray(prevFrom, prevFrom + HASH_DIGITS));
}

/** The signature on a line with this tail; null when there is none. */
export function signatureIn({ bytes, to }: Span, { signatureFrom }: Pick<SpanTail, "signatureFrom">): string | null {
  return signatureFrom === NOWHERE ? null : textOf(bytes.subarray(signatureFrom, to - TYPE.length));
}

/** The entry in a line with this tail, as it was signed: canonical as the line is. */
export function entryBytes({ bytes, from, to }: Span, { behind }: Pick<SpanTail, "behind">): Uint8Array {
  return bytes.subarray(from + HEAD.length, to - behind);
}

/** Where these bytes begin that end at `to`; NOWHERE when others stand there. */
function before(bytes: Uint8Array, to: number, wanted: Uint8Array): number {
  const begin = to - wanted.length;
  if (begin < 0) return NOWHERE;
  for (let at = 0; at < wanted.length; at++) if (bytes[begin + at] !== wanted[at]) return NOWHERE;
  return begin;
}

/** Where the value of a JSON string begins that ends at `to`; NOWHERE when it is too long, or holds an escape or more than ASCII. */
function valueBefore(bytes: Uint8Array, to: number, most: number): number {
  const begin = runBefore(bytes, to, most, PLAIN);
  return begin > 0 && bytes[begin - 1] === QUOTE ? begin : NOWHERE;
}

/** Where a run of at most so many bytes of a kind begins that ends at `to`. */
function runBefore(bytes: Uint8Array, to: number, most: number, kind: number): number {
  const least = Math.max(0, to - most);
  let begin = to;
  while (begin > least && ((KINDS[bytes[begin - 1] ?? 0] ?? 0) & kind) !== 0) begin -= 1;
  return begin;
}

function numberOf(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = 10 * value + (bytes[at] ?? ZERO) - ZERO;
  return value;
}

function nameOf(probe: string): string {
  const known = names.get(probe);
  if (known !== undefined) return known;
  if (names.size >= NAMES_MOST) names.clear();
  names.set(probe, probe);
  return probe;
}
