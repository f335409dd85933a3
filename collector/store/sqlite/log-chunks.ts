import type { Hash } from "../../../protocol/merkle.ts";
import type { Db } from "../database.ts";

/** Leaf hashes in one row: a kilobyte, of which three share a page. */
export const CHUNK_LEAVES = 32;
const HASH_BYTES = 32;

export const CHUNK_SQL = {
  last: "SELECT chunk, hashes FROM log_chunk ORDER BY chunk DESC LIMIT 1",
  put: "INSERT INTO log_chunk (chunk, hashes) VALUES (?, ?) ON CONFLICT (chunk) DO UPDATE SET hashes = excluded.hashes",
  between: "SELECT hashes FROM log_chunk WHERE chunk >= ? AND chunk <= ? ORDER BY chunk",
  lastRun: "SELECT leaf, entry FROM log_run ORDER BY leaf DESC LIMIT 1",
  addRun: "INSERT INTO log_run (leaf, entry) VALUES (?, ?)",
  runOf: "SELECT leaf, entry FROM log_run WHERE entry <= ? ORDER BY entry DESC LIMIT 1",
  nextRun: "SELECT min(leaf) AS leaf FROM log_run WHERE leaf > ?",
  rows: "SELECT leaf, entry, hash FROM log_leaf WHERE leaf >= ? ORDER BY leaf LIMIT 10000",
};

/** A leaf to be added: the id of its entry, and its hash. */
export type ChunkLeaf = { readonly id: number; readonly hash: Hash };

/** Leaves of the log as SQLite keeps them. For use inside transactions. */
export type LogChunks = {
  size: () => number;
  /** Adds leaves behind the last one, of entries whose ids grow. */
  add: (leaves: readonly ChunkLeaf[]) => void;
  /** Hashes of leaves from `from` to `to`; fewer where the log ends before. */
  read: (from: number, to: number) => Hash[];
  /** Place of an entry's leaf; null when it has none. */
  leafOf: (entry: number) => number | null;
  /** Id of the entry of the last leaf; 0 when there is none. */
  lastEntry: () => number;
};

type Run = { leaf: number; entry: number };

export function logChunks(db: Db): LogChunks {
  const last = db.prepare<[], { chunk: number; hashes: Buffer }>(CHUNK_SQL.last);
  const put = db.prepare<[number, Uint8Array]>(CHUNK_SQL.put);
  const between = db.prepare<[number, number], { hashes: Buffer }>(CHUNK_SQL.between);
  const lastRun = db.prepare<[], Run>(CHUNK_SQL.lastRun);
  const addRun = db.prepare<[number, number]>(CHUNK_SQL.addRun);
  const runOf = db.prepare<[number], Run>(CHUNK_SQL.runOf);
  const nextRun = db.prepare<[number], { leaf: number | null }>(CHUNK_SQL.nextRun);
  const sizeOf = (row: { chunk: number; hashes: Buffer } | undefined) =>
    row === undefined ? 0 : row.chunk * CHUNK_LEAVES + row.hashes.length / HASH_BYTES;
  const size = () => sizeOf(last.get());

  function addRuns(leaves: readonly ChunkLeaf[], from: number): void {
    const run = lastRun.get();
    let expected = run === undefined ? null : run.entry + (from - run.leaf);
    for (const [at, { id }] of leaves.entries()) {
      if (id !== expected) addRun.run(from + at, id);
      expected = id + 1;
    }
  }

  return {
    size,
    add: (leaves) => {
      const row = last.get();
      const from = sizeOf(row);
      addRuns(leaves, from);
      let held = row !== undefined && row.hashes.length < CHUNK_LEAVES * HASH_BYTES ? row.hashes : Buffer.alloc(0);
      for (let [at, chunk] = [0, Math.floor(from / CHUNK_LEAVES)]; at < leaves.length; chunk++) {
        const room = CHUNK_LEAVES - held.length / HASH_BYTES;
        const some = leaves.slice(at, at + room).map(({ hash }) => hash);
        put.run(chunk, Buffer.concat([held, ...some]));
        held = Buffer.alloc(0);
        at += some.length;
      }
    },
    read: (from, to) => {
      const first = Math.floor(from / CHUNK_LEAVES);
      const rows = between.all(first, Math.floor((to - 1) / CHUNK_LEAVES));
      const hashes = rows.flatMap(({ hashes: bytes }) => split(bytes));
      return hashes.slice(from - first * CHUNK_LEAVES, to - first * CHUNK_LEAVES);
    },
    leafOf: (entry) => {
      const run = runOf.get(entry);
      if (run === undefined) return null;
      const leaf = run.leaf + (entry - run.entry);
      return leaf < (nextRun.get(run.leaf)?.leaf ?? size()) ? leaf : null;
    },
    lastEntry: () => {
      const run = lastRun.get();
      return run === undefined ? 0 : run.entry + (size() - 1 - run.leaf);
    },
  };
}

/** Moves leaves from one row each (003-log.sql) into chunks. For use inside the transaction of the migration. */
export function moveRows(db: Db): void {
  const rows = db.prepare<[number], { leaf: number; entry: number; hash: Hash }>(CHUNK_SQL.rows);
  const chunks = logChunks(db);
  for (let page = rows.all(0); page.length > 0; page = rows.all(chunks.size()))
    chunks.add(page.map(({ entry, hash }) => ({ id: entry, hash })));
  db.exec("DROP TABLE log_leaf");
}

function split(bytes: Buffer): Hash[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}
