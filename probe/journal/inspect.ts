import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { GENESIS } from "../../protocol/chain.ts";
import { errorCode } from "../../protocol/coded-error.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Continues } from "../../protocol/records/life.ts";
import { pathOf, readText, storageError } from "../data-folder.ts";
import { type Database, openAsIs } from "./database.ts";
import { prepareRows, type Rows } from "./rows.ts";

/** What is wrong with a journal's file, in the words of the entry that will tell of it. */
export type Damage = Continues["why"];

const HEADER_BYTES = 100;
/** Codes of SQLite that speak of the folder, the disk or another process, not of the file's content. */
const NOT_THE_FILE =
  /^SQLITE_(?:BUSY|LOCKED|CANTOPEN|READONLY|PERM|AUTH|FULL|NOMEM|IOERR_(?!READ|SHORT_READ|CORRUPTFS))/;

/** Whether an error of SQLite says that the file itself cannot be trusted any more. */
export function isDamage(error: unknown): boolean {
  const code = errorCode(error) ?? "";
  return code.startsWith("SQLITE_") && !NOT_THE_FILE.test(code);
}

/**
 * Looks whether the journal can be gone on with: SQLite's own check of the file, hash and chain of every entry that no
 * collector has, and whether a file that was there is gone. Null when all is well, also before the first start. Needs the
 * folder's lock. Throws `cannot_write` or `io` for what is not the file's fault.
 */
export function inspectJournal(folder: string): Damage | null {
  const asked = readText(folder, "recover");
  if (asked !== null) return asked === "fork" ? "fork" : "damaged";
  const recorded = readText(folder, "recorded");
  if (sizeOf(pathOf(folder, "journal")) === 0) return recorded === null ? null : "missing";
  // A clean end leaves no WAL and says so; any other leaves one.
  if (recorded === "open" && sizeOf(pathOf(folder, "journalWal")) === 0) return "lost-tail";
  let database: Database | null = null;
  try {
    if (recorded !== null && !hasOurHeader(pathOf(folder, "journal"))) return "damaged";
    database = openAsIs(pathOf(folder, "journal"));
    return contentOf(database, recorded !== null);
  } catch (error) {
    if (isDamage(error)) return "damaged";
    throw storageError(error, folder);
  } finally {
    database?.close();
  }
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** SQLite format 3 in WAL mode, UTF-8 (https://www.sqlite.org/fileformat2.html, section 1.3). */
function hasOurHeader(path: string): boolean {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, "r");
  try {
    if (readSync(file, header) < HEADER_BYTES) return false;
  } finally {
    closeSync(file);
  }
  const isFormat3 = header.subarray(0, 16).toString("latin1") === "SQLite format 3\0";
  // The encoding is written with the first table, which may still be in the WAL.
  return isFormat3 && header[18] === 2 && header[19] === 2 && header.readUInt32BE(56) <= 1;
}

function contentOf(database: Database, wasRecorded: boolean): Damage | null {
  const tables = database.prepare("SELECT 1 FROM sqlite_schema WHERE name IN ('entry', 'note')").all();
  if (tables.length < 2) return wasRecorded ? "damaged" : null;
  if (database.pragma("quick_check(1)", { simple: true }) !== "ok") return "damaged";
  const rows = prepareRows(database);
  const acknowledged = Number(rows.note("acknowledged") ?? 0);
  if (acknowledged > rows.head().seq) return "lost-tail";
  return isWhole(rows, acknowledged) ? null : "damaged";
}

/** Whether everything after `seq` (the newest entry at least) is what was hashed, without a hole. */
function isWhole(rows: Rows, seq: number): boolean {
  const head = rows.head();
  const start = Math.min(seq, head.seq - 1);
  let before: { seq: number; hash: string } | null = null;
  if (start <= 0) before = { seq: 0, hash: GENESIS };
  if (head.seq === 0) return true;
  for (const row of rows.after(Math.max(0, start), Number.MAX_SAFE_INTEGER)) {
    if (sha256Hex(row.text) !== row.hash) return false;
    // The oldest entries may have been given up once delivered.
    const follows = before === null || (row.seq === before.seq + 1 && row.text.includes(`"prev":"${before.hash}"`));
    if (!follows && !(before?.seq === 0 && row.seq > 1 && seq === 0)) return false;
    before = row;
  }
  return before?.seq === head.seq;
}
