import { type Db, stored } from "../database.ts";

/** What a table needs: the database, and a way to run work so that faults become CodedErrors. */
export type Engine = {
  readonly db: Db;
  readonly run: <T>(work: () => T) => Promise<T>;
};

/** An engine over an open database; `file` is named in messages. */
export function createEngine(db: Db, file: string): Engine {
  return { db, run: async (work) => stored(file, work) };
}

/** SQLite has no booleans. */
export function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
