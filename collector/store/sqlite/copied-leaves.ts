import type { Hash } from "../../../protocol/merkle.ts";
import type { Db } from "../database.ts";
import { logChunks } from "./log-chunks.ts";

/** A leaf of a copy beside the text of the entry that the log says is there; null where that is gone. */
export type CopiedLeaf = { readonly leaf: number; readonly hash: Hash; readonly text: string | null };

/** Leaves read at once. */
const PAGE = 4096;

const SQL = {
  has: "SELECT count(*) AS count FROM sqlite_master WHERE type = 'table' AND name = ?",
  // Before 007-log-chunks.sql: a copy is also made before a newer Kuager first serves from a folder.
  rows: `SELECT leaf, log_leaf.hash AS hash, entry.text AS text FROM log_leaf
    LEFT JOIN entry ON entry.id = log_leaf.entry ORDER BY leaf`,
  runs: "SELECT leaf, entry FROM log_run ORDER BY leaf",
  texts: "SELECT id, text FROM entry WHERE id >= ? ORDER BY id LIMIT ?",
  node: "SELECT hash FROM log_node WHERE level = ? AND node = ?",
};

/** Whether a table is in a copy of any schema. */
export function hasTable(db: Db, name: string): boolean {
  return (db.prepare<[string], { count: number }>(SQL.has).get(name)?.count ?? 0) > 0;
}

/** All leaves of the log in order, in whatever schema the copy is; only for a copy that has a log (003-log.sql). */
export function copiedLeaves(db: Db): Iterable<CopiedLeaf> {
  return hasTable(db, "log_chunk") ? fromChunks(db) : db.prepare<[], CopiedLeaf>(SQL.rows).iterate();
}

function* fromChunks(db: Db): Generator<CopiedLeaf> {
  const chunks = logChunks(db);
  const texts = db.prepare<[number, number], { id: number; text: string }>(SQL.texts);
  const runs = db.prepare<[], { leaf: number; entry: number }>(SQL.runs).all();
  const size = chunks.size();
  for (const [at, run] of runs.entries()) {
    const end = runs[at + 1]?.leaf ?? size;
    for (let from = run.leaf; from < end; from += PAGE) {
      const first = run.entry + (from - run.leaf);
      const hashes = chunks.read(from, Math.min(from + PAGE, end));
      const found = new Map(texts.all(first, hashes.length).map(({ id, text }) => [id, text]));
      for (const [step, hash] of hashes.entries())
        yield { leaf: from + step, hash, text: found.get(first + step) ?? null };
    }
  }
}

/** The root that is stored for a complete tile of the log (level 1: of 256 leaves); null where there is none. */
export function copiedNode(db: Db): (level: number, index: number) => Hash | null {
  const node = db.prepare<[number, number], { hash: Hash }>(SQL.node);
  return (level, index) => node.get(level, index)?.hash ?? null;
}
