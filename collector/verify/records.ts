import { z } from "zod";
import { bytesOfHex } from "../../protocol/bytes.ts";
import { parseJson } from "../../protocol/parse.ts";
import type { ChainedEntry } from "../evidence/enclosed-entry.ts";
import type { Facts } from "../evidence/facts.ts";
import type { Files } from "../evidence/files.ts";
import type { Archive } from "../evidence/judge-again.ts";
import { createHashList } from "./hash-list.ts";
import { eachLine, plainOf, textOfLine } from "./lines.ts";
import { archiveIn, readOriginals, recordsOf, type Surroundings } from "./originals.ts";
import { ARCHIVE_FILES, RECORD_FILES, type Role, type Unpacked } from "./record-files.ts";

/** One enclosed record: what names it, and where it stands. */
export type EnclosedRecord = {
  readonly role: Role;
  readonly probe: string;
  /** Hash of the entry's text: the name of the record. */
  readonly hash: string;
  /** Place in the log that the line itself tells; null where it tells none. */
  readonly place: number | null;
};

export type Records = Surroundings & {
  readonly records: readonly EnclosedRecord[];
  /** Leaf hashes of the records, one after the other. */
  readonly leaves: Uint8Array;
  /** How each original stands in its probe's chain; none in the public edition. */
  readonly entries: readonly ChainedEntry[];
  /** The originals in full; null where they were not to be held. */
  readonly archive: Archive | null;
};

const PublicRow = z.looseObject({
  record: z.string().regex(/^[0-9a-f]{64}$/),
  leaf: z.int().min(0),
  leafHash: z.string().regex(/^[0-9a-f]{64}$/),
  probe: z.string(),
});

/**
 * Reads the record files of a bundle. Never throws: what cannot be read is told in `wrong`. `hold`: whether to keep the
 * originals in full, for judging them again; they are a hundred megabytes and more.
 */
export function readRecords(files: Files, edition: Facts["bundle"]["edition"], hold: boolean): Records {
  return edition === "originals" ? originalRecords(files, hold) : publicRecords(files);
}

/** The originals of a bundle as they are judged again. */
export function readArchive(files: Files): Archive {
  const unpacked = unpackedOf(files);
  return archiveIn(readOriginals(unpacked), unpacked);
}

function originalRecords(files: Files, hold: boolean): Records {
  const unpacked = unpackedOf(files);
  const originals = readOriginals(unpacked);
  return { ...recordsOf(originals, unpacked), archive: hold ? archiveIn(originals, unpacked) : null };
}

function unpackedOf(files: Files): Unpacked {
  return new Map(ARCHIVE_FILES.map((path) => [path, plainOf(files, path)]));
}

function publicRecords(files: Files): Records {
  const [records, wrong]: [EnclosedRecord[], string[]] = [[], []];
  const leaves = createHashList();
  for (const { path, role } of RECORD_FILES) {
    const plain = plainOf(files, path);
    if (plain === null) wrong.push(path);
    let number = 0;
    for (const line of plain === null ? [] : eachLine(plain)) {
      number += 1;
      const row = parseJson(PublicRow, textOfLine(line));
      if (!row.ok) {
        wrong.push(`${path}:${number}`);
        continue;
      }
      records.push({ role, probe: row.value.probe, hash: row.value.record, place: row.value.leaf });
      leaves.add(bytesOfHex(row.value.leafHash));
    }
  }
  return { records, wrong, leaves: leaves.bytes(), context: [], roles: new Map(), entries: [], archive: null };
}
