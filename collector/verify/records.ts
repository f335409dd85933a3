import { z } from "zod";
import { bytesOfHex, textOf } from "../../protocol/bytes.ts";
import { type Hash, leafHash } from "../../protocol/merkle.ts";
import { parseJson } from "../../protocol/parse.ts";
import { gunzip } from "../evidence/deflate.ts";
import type { Facts } from "../evidence/facts.ts";
import type { Files } from "../evidence/files.ts";
import { type EnclosedEntry, enclosedEntry } from "../evidence/judge-again.ts";

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

export type Records = {
  readonly records: readonly EnclosedRecord[];
  /** Lines of the archive; none in the public edition. */
  readonly archive: { readonly context: readonly string[]; readonly entries: readonly EnclosedEntry[] };
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

/** Files that judging again needs, and nothing else of a bundle. */
export const ARCHIVE_FILES = [CONTEXT, ...FILES.map(({ path }) => path)];

/** What there is to judge again in a bundle of originals; what cannot be read is left out. */
export function readArchive(files: Files): Records["archive"] {
  const entries = FILES.flatMap(({ path }) =>
    (linesOf(files, path) ?? []).flatMap((line) => enclosedEntry(line) ?? []),
  );
  return { context: linesOf(files, CONTEXT) ?? [], entries };
}

/** Reads the record files of a bundle. Never throws: what cannot be read is told in `wrong`. */
export function readRecords(files: Files, edition: Facts["bundle"]["edition"]): Records {
  const wrong: string[] = [];
  const lines = (path: string) => {
    const found = linesOf(files, path);
    if (found === null) wrong.push(path);
    return found ?? [];
  };
  const originals = edition === "originals";
  const context = originals ? lines(CONTEXT) : [];
  const entries: EnclosedEntry[] = [];
  const records: EnclosedRecord[] = [];
  for (const { path, role } of FILES)
    for (const [at, line] of lines(path).entries()) {
      const entry = originals ? enclosedEntry(line) : null;
      const record = entry === null ? publicRecord(line) : originalRecord(entry);
      if (record === null || (originals && entry === null)) wrong.push(`${path}:${at + 1}`);
      else records.push({ role, ...record });
      if (entry !== null) entries.push(entry);
    }
  return { records, archive: { context, entries }, wrong, roles: rolesOf(context) };
}

/** Lines of a file, gzipped or not; null when it is missing or cannot be unpacked. */
export function linesOf(files: Files, path: string): string[] | null {
  const bytes = files.get(path);
  if (bytes === undefined) return null;
  try {
    const plain = path.endsWith(".gz") ? gunzip(bytes, UNPACKED_MAX) : bytes;
    return plain.length === 0 ? [] : textOf(plain).replace(/\n$/, "").split("\n");
  } catch {
    return null;
  }
}

function originalRecord({ probe, hash, entryText }: EnclosedEntry): Omit<EnclosedRecord, "role"> {
  return { probe, record: hash, leaf: leafHash(entryText), place: null };
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
