import { z } from "zod";
import { bytesOfHex, textOf } from "../../protocol/bytes.ts";
import { type Hash, leafHash } from "../../protocol/merkle.ts";
import { parseJson } from "../../protocol/parse.ts";
import { gunzip } from "../evidence/deflate.ts";
import type { Facts } from "../evidence/facts.ts";
import type { Files } from "../evidence/files.ts";
import { type ChainedEntry, type EnclosedEntry, enclosedEntry } from "../evidence/judge-again.ts";

const UNPACKED_MAX = 2 * 1024 * 1024 * 1024 - 1;

/** One enclosed record: what names it, its leaf, and where it stands. */
export type EnclosedRecord = {
  readonly role: "witness" | "control";
  readonly probe: string;
  readonly record: string;
  readonly leaf: Hash;
  /** Place in the log that the line itself tells; null where it tells none. */
  readonly place: number | null;
};

/** What there is to judge again: lines that tell of probes, targets and events, and the entries. */
export type Archive = { readonly context: readonly string[]; readonly entries: readonly EnclosedEntry[] };

export type Records = {
  readonly records: readonly EnclosedRecord[];
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

const FILES = [
  { path: "data/measurements.ndjson.gz", role: "witness" },
  { path: "data/controls.ndjson.gz", role: "control" },
] as const;
const CONTEXT = "data/context.ndjson.gz";

const PublicRow = z.looseObject({
  record: z.string().regex(/^[0-9a-f]{64}$/),
  leaf: z.int().min(0),
  leafHash: z.string().regex(/^[0-9a-f]{64}$/),
  probe: z.string(),
});
const ProbeLine = z.looseObject({ type: z.literal("probe"), id: z.string(), role: z.string() });

/** The files that judging again needs, and nothing else of a bundle; null where one is missing, as in the public edition. */
export function archiveFiles(files: Files): Files | null {
  const own = new Map<string, Uint8Array>();
  for (const path of [CONTEXT, ...FILES.map((file) => file.path)]) {
    const bytes = files.get(path);
    if (bytes !== undefined) own.set(path, bytes);
  }
  return own.size === FILES.length + 1 ? own : null;
}

/** What there is to judge again in a bundle of originals; what cannot be read is left out. */
export function readArchive(files: Files): Archive {
  const entries: EnclosedEntry[] = [];
  for (const { path } of FILES)
    for (const line of eachLine(plainOf(files, path))) {
      const entry = enclosedEntry(line);
      if (entry !== null) entries.push(entry);
    }
  return { context: linesOf(files, CONTEXT) ?? [], entries };
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
  const context = originals ? [...eachLine(plain(CONTEXT))] : [];
  const [entries, held, records]: [ChainedEntry[], EnclosedEntry[], EnclosedRecord[]] = [[], [], []];
  const light = withoutText();
  const takeOriginal = (line: string): Omit<EnclosedRecord, "role"> | null => {
    const entry = enclosedEntry(line);
    if (entry === null) return null;
    const chained = hold ? entry : light(entry);
    entries.push(chained);
    if (hold) held.push(entry);
    return { probe: chained.probe, record: chained.hash, leaf: leafHash(entry.entryText), place: null };
  };
  for (const { path, role } of FILES) {
    let number = 0;
    for (const line of eachLine(plain(path))) {
      number += 1;
      const record = originals ? takeOriginal(line) : publicRecord(line);
      if (record === null) wrong.push(`${path}:${number}`);
      else records.push({ role, ...record });
    }
  }
  const archive = hold ? { context, entries: held } : null;
  return { records, context, entries, archive, wrong, roles: rolesOf(context) };
}

/** Lines of a file, gzipped or not; null when it is missing or cannot be unpacked. */
export function linesOf(files: Files, path: string): string[] | null {
  const plain = plainOf(files, path);
  return plain === null ? null : [...eachLine(plain)];
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

/** What chains need of entries. Pieces of a text hold on to the whole of it in V8: these are copies. */
function withoutText(): (entry: EnclosedEntry) => ChainedEntry {
  const copy = (text: string) => JSON.parse(JSON.stringify(text)) as string;
  const probes = new Map<string, string>();
  return ({ probe, seq, prev, signature, hash }) => {
    const named = probes.get(probe) ?? copy(probe);
    probes.set(named, named);
    return { probe: named, seq, hash, prev: copy(prev), signature: signature === null ? null : copy(signature) };
  };
}

const NEWLINE = 10;

/**
 * Lines one by one: a line that nobody keeps is gone at once, and one with letters that are not Latin makes no other take
 * twice the room. A last line break ends the last line and begins none.
 */
function* eachLine(plain: Uint8Array | null): Generator<string> {
  if (plain === null || plain.length === 0) return;
  let begin = 0;
  for (let end = plain.indexOf(NEWLINE); end !== -1; end = plain.indexOf(NEWLINE, begin)) {
    yield textOf(plain.subarray(begin, end));
    begin = end + 1;
  }
  if (begin < plain.length) yield textOf(plain.subarray(begin));
}

function publicRecord(line: string): Omit<EnclosedRecord, "role"> | null {
  const parsed = parseJson(PublicRow, line);
  if (!parsed.ok) return null;
  const { record, leaf, leafHash: hash, probe } = parsed.value;
  return { probe, record, leaf: bytesOfHex(hash), place: leaf };
}

function rolesOf(context: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    context.flatMap((line) => {
      const parsed = parseJson(ProbeLine, line);
      return parsed.ok ? [[parsed.value.id, parsed.value.role] as const] : [];
    }),
  );
}
