import { completeRoot, type Hash, leafHash } from "../../../protocol/merkle.ts";
import type { Db } from "../database.ts";
import { logChunks, moveRows } from "./log-chunks.ts";

/** Hashes in a full tile, and the levels of the tree that it spans (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
export const TILE_LEVELS = 8;

export const LOG_SQL = {
  addNode: "INSERT INTO log_node (level, node, hash) VALUES (?, ?, ?)",
  nodes: "SELECT hash FROM log_node WHERE level = ? AND node >= ? AND node < ? ORDER BY node",
  unlogged: "SELECT id, text FROM entry WHERE id > ? ORDER BY id LIMIT 1000",
};

/** An entry just stored, to be made a leaf. */
export type NewLeaf = { readonly id: number | bigint; readonly text: string };
export type LogWriter = (leaves: readonly NewLeaf[]) => void;

/**
 * Appends leaves to the log, for use inside the transaction that stores their entries: a row for each 32, and the root
 * of each complete 256 (and 65,536, …). What it costs does not grow with the log.
 */
export function logWriter(db: Db): LogWriter {
  const addNode = db.prepare<[number, number, Hash]>(LOG_SQL.addNode);
  const chunks = logChunks(db);
  const read = tileReader(db);
  return (leaves) => {
    if (leaves.length === 0) return;
    const from = chunks.size();
    chunks.add(leaves.map(({ id, text }) => ({ id: Number(id), hash: leafHash(text) })));
    const to = from + leaves.length;
    for (let whole = nextTile(from); whole <= to; whole += TILE_WIDTH)
      for (let [level, count] = [1, whole / TILE_WIDTH]; Number.isInteger(count); level++) {
        addNode.run(level, count - 1, completeRoot(read(level - 1, count - 1, TILE_WIDTH)));
        count /= TILE_WIDTH;
      }
  };
}

/** The next size at which a tile is complete. */
function nextTile(from: number): number {
  return (Math.floor(from / TILE_WIDTH) + 1) * TILE_WIDTH;
}

/** Reads the first `width` hashes of a tile; fewer where the log does not go so far. */
export function tileReader(db: Db): (level: number, index: number, width: number) => Hash[] {
  const chunks = logChunks(db);
  const nodes = db.prepare<[number, number, number], { hash: Hash }>(LOG_SQL.nodes);
  return (level, index, width) => {
    const from = index * TILE_WIDTH;
    if (level === 0) return chunks.read(from, from + width);
    return nodes.all(level, from, from + width).map(({ hash }) => hash);
  };
}

/** Brings leaves into the form of 007-log-chunks.sql, and makes leaves of all entries that have none, in order of their ids. */
export function logStored(db: Db): void {
  moveRows(db);
  const chunks = logChunks(db);
  const unlogged = db.prepare<[number], NewLeaf>(LOG_SQL.unlogged);
  const write = logWriter(db);
  for (let page = unlogged.all(chunks.lastEntry()); page.length > 0; page = unlogged.all(chunks.lastEntry()))
    write(page);
}
