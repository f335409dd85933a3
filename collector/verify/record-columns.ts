import { type Hash, leafHash } from "../../protocol/merkle.ts";
import type { ChainedEntry, SignedEntry } from "../evidence/judge-again.ts";
import { createHashList } from "./hash-list.ts";
import { fileAt, roleIn, type Unpacked } from "./record-files.ts";
import type { EnclosedRecord, Records } from "./records.ts";

/**
 * Originals as columns, in the order of their files: for their way from the thread that reads them to one that has the
 * same files in shared memory. A hundred thousand objects take several times as long to send.
 */
export type RecordColumns = {
  /** Place of each one's file in RECORD_FILES. */
  readonly fileOf: Uint8Array;
  /** Place of each one's probe in `probes`. */
  readonly probeOf: Uint32Array;
  readonly probes: readonly string[];
  readonly seqs: Float64Array;
  readonly prevs: readonly string[];
  readonly hashes: readonly string[];
  readonly signatures: readonly (string | null)[];
  /** What was signed, in its file: its first byte, and the one behind it. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Leaf hashes of those whose signed text does not stand in the file as it was signed, by place. */
  readonly apart: ReadonlyMap<number, Hash>;
};

/** Collects columns, one original after the other. */
export function createRecordColumns(files: Unpacked) {
  const places = new Map<string, number>();
  const [fileOf, probeOf, seqs, from, to]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
  const [prevs, hashes, signatures]: [string[], string[], (string | null)[]] = [[], [], []];
  const apart = new Map<number, Hash>();
  return {
    add: ({ entry, signed }: SignedEntry, file: number): void => {
      const { probe, seq, prev, hash, signature } = entry;
      const place = places.get(probe) ?? places.size;
      places.set(probe, place);
      const inFile = typeof signed !== "string" && signed.buffer === fileAt(files, file)?.buffer;
      if (!inFile) apart.set(hashes.length, leafHash(signed));
      from.push(inFile ? signed.byteOffset : 0);
      to.push(inFile ? signed.byteOffset + signed.length : 0);
      fileOf.push(file);
      probeOf.push(place);
      seqs.push(seq);
      prevs.push(prev);
      hashes.push(hash);
      signatures.push(signature);
    },
    columns: (): RecordColumns => ({
      ...{ prevs, hashes, signatures, apart, probes: [...places.keys()], fileOf: Uint8Array.from(fileOf) },
      ...{ probeOf: Uint32Array.from(probeOf), seqs: Float64Array.from(seqs) },
      ...{ from: Uint32Array.from(from), to: Uint32Array.from(to) },
    }),
  };
}

/** The records of such columns, with the leaf hashes of what stands in the files. */
export function recordsOf(columns: RecordColumns, files: Unpacked): Pick<Records, "records" | "entries" | "leaves"> {
  const { fileOf, probes, probeOf, seqs, prevs, hashes, signatures, from, to, apart } = columns;
  const leaves = createHashList();
  const records = hashes.map((hash, at): EnclosedRecord & ChainedEntry => {
    const file = fileOf[at] ?? 0;
    const signed = fileAt(files, file)?.subarray(from[at], to[at]);
    leaves.add(apart.get(at) ?? leafHash(signed ?? ""));
    return {
      role: roleIn(file),
      probe: probes[probeOf[at] ?? 0] ?? "",
      seq: seqs[at] ?? 0,
      prev: prevs[at] ?? "",
      signature: signatures[at] ?? null,
      hash,
      place: null,
    };
  });
  return { records, entries: records, leaves: leaves.bytes() };
}
