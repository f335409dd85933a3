import { type Hash, leafHash, memoryNodes, rangeHash } from "../../../protocol/merkle.ts";
import type { Db } from "../database.ts";

/** Hashes in a full tile, and the levels of the tree that it spans (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
export const TILE_LEVELS = 8;

export const LOG_SQL = {
  size: "SELECT coalesce(max(leaf) + 1, 0) AS size FROM log_leaf",
  addLeaf: "INSERT INTO log_leaf (leaf, entry, hash) VALUES (?, ?, ?)",
  addNode: "INSERT INTO log_node (level, node, hash) VALUES (?, ?, ?)",
  leaves: "SELECT hash FROM log_leaf WHERE leaf >= ? AND leaf < ? ORDER BY leaf",
  nodes: "SELECT hash FROM log_node WHERE level = ? AND node >= ? AND node < ? ORDER BY node",
  unlogged: `SELECT id, text FROM entry WHERE id > coalesce((SELECT max(entry) FROM log_leaf), 0) ORDER BY id LIMIT 1000`,
};

/** An entry just stored, to be made a leaf. */
export type NewLeaf = { readonly id: number | bigint; readonly text: string };
export type LogWriter = (leaves: readonly NewLeaf[]) => void;

/**
 * Appends leaves to the log, for use inside the transaction that stores their entries. One row a leaf, and one more
 * for each 256 (and 65,536, …): what it costs does not grow with the log.
 */
export function logWriter(db: Db): LogWriter {
  const size = db.prepare<[], { size: number }>(LOG_SQL.size);
  const addLeaf = db.prepare<[number, number | bigint, Hash]>(LOG_SQL.addLeaf);
  const addNode = db.prepare<[number, number, Hash]>(LOG_SQL.addNode);
  const read = tileReader(db);
  return (leaves) => {
    let next = leaves.length === 0 ? 0 : (size.get()?.size ?? 0);
    for (const { id, text } of leaves) {
      addLeaf.run(next, id, leafHash(text));
      next += 1;
      let count = next;
      for (let level = 1; count % TILE_WIDTH === 0; level++) {
        count /= TILE_WIDTH;
        addNode.run(level, count - 1, rootOfTile(read(level - 1, count - 1, TILE_WIDTH)));
      }
    }
  };
}

/** Reads the first `width` hashes of a tile; fewer where the log does not go so far. */
export function tileReader(db: Db): (level: number, index: number, width: number) => Hash[] {
  const leaves = db.prepare<[number, number], { hash: Hash }>(LOG_SQL.leaves);
  const nodes = db.prepare<[number, number, number], { hash: Hash }>(LOG_SQL.nodes);
  return (level, index, width) => {
    const from = index * TILE_WIDTH;
    const rows = level === 0 ? leaves.all(from, from + width) : nodes.all(level, from, from + width);
    return rows.map(({ hash }) => hash);
  };
}

/** Makes leaves of all entries that have none, in the order of their ids. For use inside a transaction. */
export function logStored(db: Db): void {
  const unlogged = db.prepare<[], NewLeaf>(LOG_SQL.unlogged);
  const write = logWriter(db);
  for (let page = unlogged.all(); page.length > 0; page = unlogged.all()) write(page);
}

function rootOfTile(hashes: readonly Hash[]): Hash {
  return rangeHash(0, hashes.length, memoryNodes(hashes));
}
