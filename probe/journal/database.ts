import { existsSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { pathOf, storageError } from "../data-folder.ts";

/** The only importer of the database driver in the probe. */
export type Database = Sqlite.Database;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS entry (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  value INTEGER NOT NULL,
  at TEXT NOT NULL,
  hash TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  text ANY NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
`;

/**
 * Opens the journal's file for its one writer: WAL, each commit synced to the disk (`synchronous=FULL`), the file
 * never beyond `fileBytes`. Throws `cannot_write` or `io`, naming the folder.
 */
export function openForWriting(folder: string, fileBytes: number): Database {
  let database: Database | null = null;
  try {
    database = new Sqlite(pathOf(folder, "journal"), { timeout: 5000 });
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    // The driver's own is sixteen megabytes, which a journal's pages fill within days and never give back.
    database.pragma("cache_size = -1000");
    // The WAL keeps the size it has between two checkpoints: growing it anew would be work for the file system each time.
    database.pragma("journal_size_limit = 8388608");
    const pageBytes = Number(database.pragma("page_size", { simple: true }));
    database.pragma(`max_page_count = ${Math.max(16, Math.ceil(fileBytes / pageBytes))}`);
    database.exec(SCHEMA);
    takeAnyText(database);
    return database;
  } catch (error) {
    database?.close();
    throw storageError(error, folder);
  }
}

/** A file of an earlier version takes texts only: its rows move, as they are, to a table that takes packed ones too. */
function takeAnyText(database: Database): void {
  const type = database.prepare("SELECT type FROM pragma_table_info('entry') WHERE name = 'text'").pluck().get();
  if (type !== "TEXT") return;
  database
    .transaction(() => {
      database.exec("ALTER TABLE entry RENAME TO entry_before");
      database.exec(SCHEMA);
      database.exec("INSERT INTO entry SELECT * FROM entry_before; DROP TABLE entry_before");
    })
    .immediate();
}

/**
 * Opens the journal's file to look only, while another process may be writing. Null when there is none yet, or while
 * that process has made the file and not yet what is in it. Throws `io` or `cannot_write`.
 */
export function openForReading(folder: string): Database | null {
  if (!existsSync(pathOf(folder, "journal"))) return null;
  let database: Database | null = null;
  try {
    database = new Sqlite(pathOf(folder, "journal"), { readonly: true, fileMustExist: true, timeout: 5000 });
    // The last of the tables to be made.
    if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'note'").get() !== undefined) return database;
    database.close();
    return null;
  } catch (error) {
    database?.close();
    throw storageError(error, folder);
  }
}

/** Version of the SQLite library; throws where the driver does not load. */
export function sqliteVersion(): string {
  const database = new Sqlite(":memory:");
  try {
    return String(database.prepare("SELECT sqlite_version()").pluck().get());
  } finally {
    database.close();
  }
}

/** Opens a journal's file wherever it lies, as it is, to look into it. Throws what SQLite throws. */
export function openAsIs(path: string): Database {
  return new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 5000 });
}

/** Makes an empty file with a journal's tables, for rows saved from another. Throws what SQLite throws. */
export function makeFile(path: string): Database {
  const database = new Sqlite(path);
  database.exec(SCHEMA);
  return database;
}

/** Opens the small file whose SQLite lock says that a probe runs here (see lock.ts). Throws `cannot_write` or `io`. */
export function openLockFile(folder: string, waitMs: number): Database {
  try {
    return new Sqlite(pathOf(folder, "lock"), { timeout: waitMs });
  } catch (error) {
    throw storageError(error, folder);
  }
}
