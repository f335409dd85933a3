import { join } from "node:path";
import type { Hash } from "../../../protocol/merkle.ts";
import { openDatabase, stored } from "../../store/database.ts";
import type { Seen, WitnessAnswer } from "./answer.ts";

const SCHEMA = `CREATE TABLE IF NOT EXISTS seen (
  origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL
) STRICT`;
const SQL = {
  seen: "SELECT size, root FROM seen WHERE origin = ?",
  note: "SELECT note FROM seen WHERE origin = ?",
  put: `INSERT INTO seen (origin, size, root, note) VALUES (?, ?, ?, ?)
    ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note`,
};

/** What a witness has cosigned, on disk before it answers. */
export type WitnessBook = {
  /** Judges against what was seen of a log, and stores what the answer adds to it, in one transaction. */
  judge: (origin: string, of: (seen: Seen | null) => WitnessAnswer) => WitnessAnswer;
  /** The last head that was cosigned, with the line of this witness; null when there is none. */
  note: (origin: string) => string | null;
  close: () => void;
};

/** Opens the book of a witness in `folder`. Errors: those of a database that cannot be written. */
export async function openBook(folder: string): Promise<WitnessBook> {
  const file = join(folder, "witness.db");
  const db = await openDatabase(file);
  db.exec(SCHEMA);
  const seen = db.prepare<[string], { size: number; root: Hash }>(SQL.seen);
  const note = db.prepare<[string], { note: string }>(SQL.note);
  const put = db.prepare<[string, number, Hash, string]>(SQL.put);
  const judge = db.transaction((origin: string, of: (seen: Seen | null) => WitnessAnswer) => {
    const given = of(seen.get(origin) ?? null);
    if (given.seen !== undefined) put.run(origin, given.seen.size, given.seen.root, given.seen.note);
    return given;
  });
  return {
    judge: (origin, of) => stored(file, () => judge.immediate(origin, of)),
    note: (origin) => stored(file, () => note.get(origin)?.note ?? null),
    close: () => void db.close(),
  };
}
