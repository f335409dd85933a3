import { closeSync, copyFileSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { sha256Hex } from "../../protocol/hash.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Utc } from "../../protocol/primitives.ts";
import { type Database, makeFile, openAsIs } from "./database.ts";
import { isDamage } from "./inspect.ts";
import { prepareRows, type Row, type StoredRow, textsOf } from "./rows.ts";
import { VALUE } from "./value.ts";

/** What could be saved of a damaged file. */
export type Salvage = { entries: number; unreadable: number };

const PAGE = 200;
/** So many numbers in a row that cannot be read, and the next one that can is looked for. */
const GIVE_UP = 5000;

/**
 * Copies every entry that can be read from a damaged journal into a clean file: by pages while SQLite gives them, else
 * number by number. An entry counts as read when its text has the hash beside it, or the one that the next names. Where the file's first page is what is
 * damaged, a fresh one takes its place in a copy. The clean file appears whole or not at all. Throws `SQLITE_FULL`,
 * `ENOSPC` and the like.
 */
export function salvage(damaged: string, saved: string, probe: string): Salvage {
  const part = `${saved}.new`;
  const copy = `${damaged}.new`;
  for (const path of [part, copy])
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(path + end, { force: true });
  const target = makeFile(part);
  try {
    const found = saveFrom(damaged, target, probe);
    if (found === 0 && existsSync(damaged) && patchFirstPage(damaged, copy, part)) saveFrom(copy, target, probe);
    const { entries, span } = target
      .prepare<[], { entries: number; span: number }>(
        "SELECT count(*) AS entries, coalesce(max(seq) - min(seq) + 1, 0) AS span FROM entry",
      )
      .get() ?? { entries: 0, span: 0 };
    target.close();
    renameSync(part, saved);
    return { entries, unreadable: span - entries };
  } finally {
    target.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(copy + end, { force: true });
  }
}

function saveFrom(path: string, target: Database, probe: string): number {
  let source: Database | null = null;
  let count = 0;
  try {
    source = openAsIs(path);
    const from = source;
    const into = prepareRows(target);
    const texts = textsOf(dirname(path));
    target.transaction(() => {
      for (const row of entriesIn(readableRows(from), texts.open, probe)) {
        // A damaged tree may give a row twice.
        if (into.hashAt(row.seq) !== null) continue;
        into.insert(row);
        count += 1;
      }
      for (const { name, text } of readableNotes(from)) into.setNote(name, text);
    })();
    return count;
  } catch (error) {
    // What was written before it went back with the transaction.
    if (isDamage(error)) return 0;
    throw error;
  } finally {
    source?.close();
  }
}

/**
 * The entries among rows, each made anew of its text: a text is one when its hash stands beside it, or is named by the
 * entry that follows. Whatever else of the row is damaged, the text says it as well.
 */
function* entriesIn(
  rows: Iterable<StoredRow>,
  open: (row: StoredRow) => Row,
  probe: string,
): Generator<Row, undefined> {
  let doubtful: Row | null = null;
  for (const stored of rows) {
    const isText = typeof stored.text === "string" || Buffer.isBuffer(stored.text);
    const { text } = open(isText ? stored : { ...stored, text: "" });
    const row = entryOf(text, probe, stored);
    if (doubtful !== null && text.includes(`"prev":"${doubtful.hash}"`)) yield doubtful;
    doubtful = row !== null && row.hash !== stored.hash ? row : null;
    if (row !== null && doubtful === null) yield row;
  }
}

const Said = z.object({ probe: z.string(), seq: z.int().min(1), kind: z.string().max(16), at: Utc });

function entryOf(text: string, probe: string, { seq, value }: StoredRow): Row | null {
  const said = text === "" ? null : parseJson(Said, text);
  if (!said?.ok || said.value.probe !== probe || said.value.seq !== seq) return null;
  const { kind, at } = said.value;
  const known = Object.values(VALUE).find((one) => one === value) ?? VALUE.vital;
  return { seq, kind, at, value: known, hash: sha256Hex(text), bytes: Buffer.byteLength(text), text };
}

/** Rows by pages while SQLite gives them, else number by number, up to the highest number it knows. */
function* readableRows(database: Database): Generator<StoredRow> {
  const page = database.prepare<[number, number], StoredRow>("SELECT * FROM entry WHERE seq > ? ORDER BY seq LIMIT ?");
  const next = database.prepare<[number], { seq: number | null }>("SELECT min(seq) AS seq FROM entry WHERE seq > ?");
  const highest = tryRead(() => database.prepare<[], { seq: number }>("SELECT max(seq) AS seq FROM entry").get()?.seq);
  let seq = 0;
  let misses = 0;
  while (misses < GIVE_UP) {
    const rows = tryRead(() => page.all(seq, PAGE));
    if (highest === undefined ? rows?.length === 0 : seq >= highest) return;
    const found = rows === undefined || rows.length === 0 ? oneByOne(database, seq) : rows;
    yield* found;
    misses = found.length > 0 ? 0 : misses + PAGE;
    seq = rows?.at(-1)?.seq ?? seq + PAGE;
    const jump = misses >= GIVE_UP ? tryRead(() => next.get(seq)?.seq) : undefined;
    if (typeof jump === "number") [seq, misses] = [jump - 1, 0];
  }
}

function oneByOne(database: Database, after: number): StoredRow[] {
  const one = database.prepare<[number], StoredRow>("SELECT * FROM entry WHERE seq = ?");
  return Array.from({ length: PAGE }, (_, index) => tryRead(() => one.get(after + index + 1))).flatMap(
    (row) => row ?? [],
  );
}

function readableNotes(database: Database): { name: string; text: string }[] {
  const notes = tryRead(() =>
    database.prepare<[], { name: unknown; text: unknown }>("SELECT name, text FROM note").all(),
  );
  return (notes ?? []).flatMap(({ name, text }) =>
    typeof name === "string" && typeof text === "string" ? [{ name, text }] : [],
  );
}

function tryRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

/** A copy with the first page of an empty journal, whose tables begin at the same pages, and the true size in its header. */
function patchFirstPage(damaged: string, copy: string, fresh: string): boolean {
  const template = openAsIs(fresh);
  const first = Buffer.from(template.serialize());
  template.close();
  const pageBytes = first.readUInt16BE(16);
  const pages = Math.floor(statSync(damaged).size / pageBytes);
  if (pages < 2) return false;
  first.writeUInt32BE(pages, 28);
  first.writeUInt8(2, 18);
  first.writeUInt8(2, 19);
  copyFileSync(damaged, copy);
  if (existsSync(`${damaged}-wal`)) copyFileSync(`${damaged}-wal`, `${copy}-wal`);
  const file = openSync(copy, "r+");
  try {
    writeSync(file, first, 0, pageBytes, 0);
  } finally {
    closeSync(file);
  }
  return true;
}
