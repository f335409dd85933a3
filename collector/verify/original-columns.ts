import { sha256Hex } from "../../protocol/hash.ts";
import { leafHash } from "../../protocol/merkle.ts";
import {
  type ChainedEntry,
  type EnclosedEntries,
  type EnclosedEntry,
  enclosedEntry,
  keyOf,
  lineOf,
} from "../evidence/enclosed-entry.ts";
import { type EntryKey, type Span, spanText, type Tail } from "../replay/entry-line.ts";
import { entryBytes, NOWHERE, prevIn, readTailOf, type SpanTail, signatureIn } from "../replay/tail-bytes.ts";
import { createHashList } from "./hash-list.ts";
import { fileAt, roleIn, type Unpacked } from "./record-files.ts";
import type { EnclosedRecord, Records } from "./records.ts";

/**
 * Originals as columns, in the order of their files, whose bytes whoever reads the columns has as well. A hundred thousand
 * objects with texts of their own take several times as long to hold, and to send to another thread.
 */
export type OriginalColumns = {
  /** Hash of each one's entry: the name of the record. */
  readonly hashes: readonly string[];
  /** Place of its file in RECORD_FILES. */
  readonly fileOf: Uint8Array;
  /** Place of its probe in `probes`. */
  readonly probeOf: Uint32Array;
  readonly probes: readonly string[];
  readonly seqs: Float64Array;
  readonly received: Float64Array;
  /** Its line, and what readTailOf found there. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly prevFrom: Int32Array;
  readonly signatureFrom: Int32Array;
  readonly behind: Uint16Array;
  /** Those, by place, whose lines are not in canonical JSON or not UTF-8: where they stand, the columns do not tell. */
  readonly others: ReadonlyMap<number, EnclosedEntry>;
};

const NO_BYTES = new Uint8Array();
const NO_SPAN = { from: 0, to: 0 };
const NO_TAIL = { received: 0, prevFrom: 0, signatureFrom: NOWHERE, behind: 0 };

/** Collects columns, one original after the other. */
export function collectOriginals() {
  const [hashes, others, probes] = [[] as string[], new Map<number, EnclosedEntry>(), new Map<string, number>()];
  const [fileOf, probeOf, seqs, received]: [number[], number[], number[], number[]] = [[], [], [], []];
  const [from, to, behind]: [number[], number[], number[]] = [[], [], []];
  const [prevFrom, signatureFrom]: [number[], number[]] = [[], []];
  const push = (hash: string, file: number, span: Omit<Span, "bytes">, tail: SpanTail) => {
    const probe = probes.get(tail.probe) ?? probes.size;
    probes.set(tail.probe, probe);
    hashes.push(hash);
    fileOf.push(file);
    probeOf.push(probe);
    seqs.push(tail.seq);
    received.push(tail.received);
    from.push(span.from);
    to.push(span.to);
    prevFrom.push(tail.prevFrom);
    signatureFrom.push(tail.signatureFrom);
    behind.push(tail.behind);
  };
  const takeOther = (text: string, file: number): boolean => {
    const entry = enclosedEntry(text);
    if (entry === null) return false;
    others.set(hashes.length, entry);
    const { probe, seq } = entry;
    push(entry.hash, file, NO_SPAN, { ...NO_TAIL, probe, seq });
    return true;
  };
  return {
    /** Takes a line of the file at this place of RECORD_FILES; false when it holds no entry. */
    take: (line: Span | string, file: number): boolean => {
      if (typeof line === "string") return takeOther(line, file);
      const tail = readTailOf(line);
      if (tail === null) return takeOther(spanText(line), file);
      push(sha256Hex(entryBytes(line, tail)), file, line, tail);
      return true;
    },
    columns: (): OriginalColumns => ({
      ...{ hashes, others, probes: [...probes.keys()], fileOf: Uint8Array.from(fileOf) },
      ...{ probeOf: Uint32Array.from(probeOf), seqs: Float64Array.from(seqs) },
      ...{ received: Float64Array.from(received), behind: Uint16Array.from(behind) },
      ...{ from: Int32Array.from(from), to: Int32Array.from(to) },
      ...{ prevFrom: Int32Array.from(prevFrom), signatureFrom: Int32Array.from(signatureFrom) },
    }),
  };
}

/** The records of such columns as they are checked. */
export function recordsIn(columns: OriginalColumns, files: Unpacked): Pick<Records, "records" | "entries" | "leaves"> {
  const leaves = createHashList();
  const records = columns.hashes.map((hash, place): EnclosedRecord & ChainedEntry => {
    const role = roleIn(numberAt(columns.fileOf, place));
    const other = columns.others.get(place);
    if (other !== undefined) {
      const { probe, seq, prev, signature } = other;
      leaves.add(leafHash(other.signed));
      return { role, probe, seq, prev, signature, hash, place: null };
    }
    const [span, tail] = [spanAt(columns, files, place), tailAt(columns, place)];
    leaves.add(leafHash(entryBytes(span, tail)));
    const { probe, seq } = tail;
    return { role, probe, seq, prev: prevIn(span, tail), signature: signatureIn(span, tail), hash, place: null };
  });
  return { records, entries: records, leaves: leaves.bytes() };
}

/** The same as they are judged again. */
export function enclosedIn(columns: OriginalColumns, files: Unpacked): EnclosedEntries {
  const { hashes, others } = columns;
  return {
    count: hashes.length,
    keyAt: (place) => {
      const other = others.get(place);
      return other === undefined ? keyAt(columns, place) : keyOf(other);
    },
    lineAt: (place) => {
      const other = others.get(place);
      if (other !== undefined) return lineOf(other);
      const { received, probe, seq } = keyAt(columns, place);
      return { received, probe, seq, read: () => readAt(columns, files, place) };
    },
  };
}

function keyAt({ received, probes, probeOf, seqs }: OriginalColumns, place: number): EntryKey {
  const probe = probes[numberAt(probeOf, place)] ?? "";
  return { received: numberAt(received, place), probe, seq: numberAt(seqs, place) };
}

function readAt(columns: OriginalColumns, files: Unpacked, place: number): { text: string; tail: Tail } {
  const [span, tail] = [spanAt(columns, files, place), tailAt(columns, place)];
  const { received, probe, seq, behind } = tail;
  const [prev, signature] = [prevIn(span, tail), signatureIn(span, tail)];
  const hash = columns.hashes[place] ?? "";
  return { text: spanText(span), tail: { received, probe, seq, prev, signature, behind, hash } };
}

function spanAt({ fileOf, from, to }: OriginalColumns, files: Unpacked, place: number): Span {
  const bytes = fileAt(files, numberAt(fileOf, place)) ?? NO_BYTES;
  return { bytes, from: numberAt(from, place), to: numberAt(to, place) };
}

function tailAt(columns: OriginalColumns, place: number): SpanTail {
  return {
    received: numberAt(columns.received, place),
    probe: columns.probes[numberAt(columns.probeOf, place)] ?? "",
    seq: numberAt(columns.seqs, place),
    prevFrom: numberAt(columns.prevFrom, place),
    signatureFrom: numberAt(columns.signatureFrom, place),
    behind: numberAt(columns.behind, place),
  };
}

function numberAt(column: ArrayLike<number>, place: number): number {
  return column[place] ?? 0;
}
