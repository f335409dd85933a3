import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";

export type Db = BetterSqlite3.Database;

/**
 * Opens (and creates) a SQLite file for durable work: WAL, every commit on disk, foreign keys, waits 5 s for another
 * writer. Errors: `unavailable` without the driver, `cannot_write` for a folder or file that cannot be written,
 * `io` for a full or broken disk.
 */
export async function openDatabase(file: string): Promise<Db> {
  const Driver = await loadDriver();
  makeFolder(dirname(file));
  return stored(file, () => {
    makePrivate(file);
    const db = new Driver(file);
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("busy_timeout = 5000");
    db.pragma("foreign_keys = ON");
    db.pragma("cache_size = -65536");
    return db;
  });
}

/** Opens a copy of a database for reading only, so that nothing is left beside it. Errors: those of {@link openDatabase}. */
export async function openCopy(file: string): Promise<Db> {
  const Driver = await loadDriver();
  // Who may only read leaves behind the log that SQLite makes beside a file; who may write takes it away at the end. A log
  // that is there already is somebody's: it would be written into the file.
  const readonly = existsSync(`${file}-wal`);
  return stored(file, () => {
    const db = new Driver(file, { readonly, fileMustExist: true });
    db.pragma("query_only = ON");
    return db;
  });
}

/** Makes a database that nobody has open readable without a log beside it. Errors: those of {@link openDatabase}. */
export async function makeWhole(file: string): Promise<void> {
  const Driver = await loadDriver();
  stored(file, () => {
    const db = new Driver(file, { fileMustExist: true });
    try {
      db.pragma("journal_mode = DELETE");
    } finally {
      db.close();
    }
  });
}

/**
 * Keeps other collectors out of the same folder until closed; the lock dies with the process, even by kill -9.
 * Error: `try_later` while another process holds it.
 */
export async function lockFolder(folder: string): Promise<{ close: () => void }> {
  const file = `${folder}/serving.lock`;
  const Driver = await loadDriver();
  makeFolder(folder);
  const db = stored(file, () => {
    makePrivate(file);
    return new Driver(file, { timeout: 0 });
  });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if (errorCode(error) !== "SQLITE_BUSY") throw coded(error, file);
    throw new CodedError(
      "try_later",
      `Another collector serves from ${folder}. Stop it first, or give this one a folder of its own with --data.`,
      { cause: error },
    );
  }
  return { close: () => db.close() };
}

/** Makes a file that only its owner can read, if it is not there; SQLite gives what it makes beside it the same mode. */
function makePrivate(file: string): void {
  closeSync(openSync(file, "a", 0o600));
}

/** Runs a piece of database work; what SQLite throws becomes a CodedError that says what to do. */
export function stored<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw coded(error, file);
  }
}

function coded(error: unknown, file: string): unknown {
  if (error instanceof CodedError) return error;
  const code = errorCode(error) ?? "";
  const cause = { cause: error };
  if (code === "SQLITE_FULL")
    return new CodedError(
      "io",
      `The disk is full: ${file} cannot grow. Free some space; nothing stored is lost.`,
      cause,
    );
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)/.test(code)) return cannotWrite(file, error);
  if (code.startsWith("SQLITE_BUSY"))
    return new CodedError("try_later", `${file} is in use by another program. Try again in a moment.`, cause);
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return new CodedError("io", `${file} is damaged or not a database. Restore it from a copy.`, cause);
  if (code.startsWith("SQLITE_IOERR"))
    return new CodedError("io", `Reading or writing ${file} failed (${code}). Check the disk.`, cause);
  return error;
}

function makeFolder(folder: string): void {
  try {
    // Step by step: Node's recursive form never returns below /proc.
    if (existsSync(folder)) return;
    makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

function cannotWrite(path: string, error: unknown): CodedError {
  return new CodedError(
    "cannot_write",
    `Cannot write ${path} (${errorCode(error) ?? "unknown"}). Give a folder this user may write with --data, or mend its rights.`,
    { cause: error },
  );
}

async function loadDriver(): Promise<typeof BetterSqlite3> {
  try {
    const { default: Driver } = await import("better-sqlite3");
    // The native part is loaded by the first database, not by the import: ask for one here, where it can be explained.
    new Driver(":memory:").close();
    return Driver;
  } catch (error) {
    throw new CodedError(
      "unavailable",
      "The database driver better-sqlite3 is missing or was built for another Node. Run `npm rebuild better-sqlite3` (it needs a C++ compiler and about two minutes).",
      { cause: error },
    );
  }
}
