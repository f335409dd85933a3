import { z } from "zod";
import { bytesOfHex, textOf, utf8 } from "../../protocol/bytes.ts";
import { leafHash } from "../../protocol/merkle.ts";
import { parseJson } from "../../protocol/parse.ts";
import { gunzip, isUtf8 } from "../evidence/deflate.ts";
import type { Facts } from "../evidence/facts.ts";
import type { Files } from "../evidence/files.ts";
import { type ChainedEntry, type EnclosedEntry, signedEntryOf } from "../evidence/judge-again.ts";
import { lineText, type Span } from "../replay/entry-line.ts";
import { createHashList } from "./hash-list.ts";
import { CONTEXT_FILE, RECORD_FILES } from "./record-files.ts";

const UNPACKED_MAX = 2 * 1024 * 1024 * 1024 - 1;

type Role = "witness" | "control";

/** One enclosed record: what names it, and where it stands. */
export type EnclosedRecord = {
  readonly role: Role;
  readonly probe: string;
  /** Hash of the entry's text: the name of the record. */
  readonly hash: string;
  /** Place in the log that the line itself tells; null where it tells none. */
  readonly place: number | null;
};

/** What there is to judge again: lines that tell of probes, targets and events, and the entries. */
export type Archive = { readonly context: readonly string[]; readonly entries: readonly EnclosedEntry[] };

export type Records = {
  readonly records: readonly EnclosedRecord[];
  /** Leaf hashes of the records, one after the other. */
  readonly leaves: Uint8Array;
  readonly context: readonly string[];
  /** How each original stands in its probe's chain; none in the public edition. */
  readonly entries: readonly ChainedEntry[];
  /** The originals in full; null where they were not to be held. */
  readonly archive: Archive | null;
  /** Roles of probes as the context tells them. */
  readonly roles: ReadonlyMap<string, string>;
  /** Lines that are none, by file and number. */
  readonly wrong: readonly string[];
};

const PublicRow = z.looseObject({
  record: z.string().regex(/^[0-9a-f]{64}$/),
  leaf: z.int().min(0),
  leafHash: z.string().regex(/^[0-9a-f]{64}$/),
  probe: z.string(),
});
const ProbeLine = z.looseObject({ type: z.literal("probe"), id: z.string(), role: z.string() });

/** The records of a bundle of originals as they are checked, and as they are judged again. */
export function readOriginals(files: Files): { records: Records; archive: Archive } {
  const { archive, ...records } = readRecords(files, "originals", true);
  return { records: { ...records, archive: null }, archive: archive ?? { context: [], entries: [] } };
}

/**
 * Reads the record files of a bundle. Never throws: what cannot be read is told in `wrong`. `hold`: whether to keep the
 * originals in full, for judging them again; they are a hundred megabytes and more.
 */
export function readRecords(files: Files, edition: Facts["bundle"]["edition"], hold: boolean): Records {
  const wrong: string[] = [];
  const plain = (path: string) => {
    const found = plainOf(files, path);
    if (found === null) wrong.push(path);
    return found;
  };
  const originals = edition === "originals";
  const context = originals ? [...eachLine(plain(CONTEXT_FILE))].map(lineText) : [];
  const [entries, held, records]: [ChainedEntry[], EnclosedEntry[], EnclosedRecord[]] = [[], [], []];
  const leaves = createHashList();
  const takeOriginal = (line: Span, role: Role): boolean => {
    const found = signedEntryOf(line);
    if (found === null) return false;
    const { probe, seq, prev, signature, hash } = found.entry;
    const record = { role, probe, seq, prev, signature, hash, place: null };
    records.push(record);
    entries.push(record);
    if (hold) held.push(found.entry);
    leaves.add(leafHash(found.signed));
    return true;
  };
  const takePublic = (line: Span, role: Role): boolean => {
    const parsed = parseJson(PublicRow, lineText(line));
    if (!parsed.ok) return false;
    const { record, leaf, leafHash: hash, probe } = parsed.value;
    records.push({ role, probe, hash: record, place: leaf });
    leaves.add(bytesOfHex(hash));
    return true;
  };
  for (const { path, role } of RECORD_FILES) {
    let number = 0;
    for (const line of eachLine(plain(path))) {
      number += 1;
      if (!(originals ? takeOriginal : takePublic)(line, role)) wrong.push(`${path}:${number}`);
    }
  }
  const archive = hold ? { context, entries: held } : null;
  return { records, leaves: leaves.bytes(), context, entries, archive, wrong, roles: rolesOf(context) };
}

/** Lines of a file, gzipped or not; null when it is missing or cannot be unpacked. */
export function linesOf(files: Files, path: string): string[] | null {
  const plain = plainOf(files, path);
  return plain === null ? null : [...eachLine(plain)].map(lineText);
}

function plainOf(files: Files, path: string): Uint8Array | null {
  const bytes = files.get(path);
  if (bytes === undefined) return null;
  try {
    return path.endsWith(".gz") ? gunzip(bytes, UNPACKED_MAX) : bytes;
  } catch {
    return null;
  }
}

const NEWLINE = 10;

/**
 * Lines in UTF-8, one by one: what is none in a file is what it is as text. A last line break ends the last line and
 * begins none.
 */
function* eachLine(plain: Uint8Array | null): Generator<Span> {
  if (plain === null || plain.length === 0) return;
  const whole = isUtf8(plain);
  const span = (from: number, to: number): Span => {
    if (whole) return { bytes: plain, from, to };
    const bytes = utf8(textOf(plain.subarray(from, to)));
    return { bytes, from: 0, to: bytes.length };
  };
  let begin = 0;
  for (let end = plain.indexOf(NEWLINE); end !== -1; end = plain.indexOf(NEWLINE, begin)) {
    yield span(begin, end);
    begin = end + 1;
  }
  if (begin < plain.length) yield span(begin, plain.length);
}

function rolesOf(context: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    context.flatMap((line) => {
      const parsed = parseJson(ProbeLine, line);
      return parsed.ok ? [[parsed.value.id, parsed.value.role] as const] : [];
    }),
  );
}
