import {
  consistencyPath,
  type Hash,
  inclusionPath,
  memoryNodes,
  type ReadNode,
  treeRoot,
} from "../../../protocol/merkle.ts";
import { manyPath } from "../../../protocol/merkle-many.ts";
import type { LogTable, StoredCheckpoint } from "../store.ts";
import type { Db } from "../database.ts";
import type { Engine } from "./engine.ts";
import { LOG_SQL, TILE_LEVELS, TILE_WIDTH, tileReader } from "./log-writer.ts";

export const LOG_READ_SQL = {
  idOf: "SELECT id FROM entry WHERE probe = ? AND seq = ?",
  leaf: "SELECT leaf, entry, hash FROM log_leaf WHERE leaf = ?",
  addCheckpoint: `INSERT INTO log_checkpoint (size, made, note) VALUES (?, ?, ?) 
    ON CONFLICT (size) DO UPDATE SET made = excluded.made, note = excluded.note`,
  checkpoint: "SELECT size, made, note FROM log_checkpoint ORDER BY size DESC LIMIT 1",
  checkpoints: "SELECT size, made, note FROM log_checkpoint WHERE size > 0 AND size < ? ORDER BY size DESC LIMIT ?",
  checkpointOf: "SELECT size, made, note FROM log_checkpoint WHERE size = ?",
};

/** The transparency log as readers see it; leaves are added with their entries (log-writer.ts). */
export function logTable({ db, run }: Engine): LogTable {
  const size = db.prepare<[], { size: number }>(LOG_SQL.size);
  const leafOf = leafFinder(db);
  const leaf = db.prepare<[number], LeafRow>(LOG_READ_SQL.leaf);
  const addCheckpoint = db.prepare<[number, number, string]>(LOG_READ_SQL.addCheckpoint);
  const checkpoint = db.prepare<[], StoredCheckpoint>(LOG_READ_SQL.checkpoint);
  const checkpointOf = db.prepare<[number], StoredCheckpoint>(LOG_READ_SQL.checkpointOf);
  const checkpoints = db.prepare<[number, number], StoredCheckpoint>(LOG_READ_SQL.checkpoints);
  const tile = tileReader(db);
  // One consistent view: the log must not grow between the nodes of one answer.
  const view = <T>(work: (read: ReadNode) => T) => run(() => db.transaction(() => work(nodeReader(tile)))());
  return {
    size: () => run(() => size.get()?.size ?? 0),
    root: (of) => view((read) => treeRoot(of, read)),
    inclusion: (index, of) => view((read) => inclusionPath(index, of, read)),
    consistency: (from, to) => view((read) => consistencyPath(from, to, read)),
    many: (indices, of) => view((read) => manyPath(indices, of, read)),
    tile: (level, index, width) => run(() => tile(level, index, width)),
    leafOf: (probe, seq) => run(() => leafOf(probe, seq)),
    leaf: (index) => run(() => leaf.get(index) ?? null),
    addCheckpoint: ({ size: of, made, note }) => run(() => void addCheckpoint.run(of, made, note)),
    checkpoints: (below, limit) => run(() => checkpoints.all(below, limit)),
    checkpoint: (of) => run(() => (of === undefined ? checkpoint.get() : checkpointOf.get(of)) ?? null),
  };
}

type LeafRow = { leaf: number; entry: number; hash: Hash };

/** Finds the leaf of an entry. Both numbers grow together and are mostly one apart: else the search halves. */
function leafFinder(db: Db): (probe: string, seq: number) => LeafRow | null {
  const idOf = db.prepare<[string, number], { id: number }>(LOG_READ_SQL.idOf);
  const leaf = db.prepare<[number], LeafRow>(LOG_READ_SQL.leaf);
  return (probe, seq) => {
    const id = idOf.get(probe, seq)?.id;
    if (id === undefined) return null;
    let [low, high] = [0, id - 1];
    for (let at = high; low <= high; at = Math.floor((low + high) / 2)) {
      const row = leaf.get(at);
      if (row?.entry === id) return row;
      if (row === undefined || row.entry > id) high = at - 1;
      else low = at + 1;
    }
    return null;
  };
}

/** Reads any complete subtree from tiles, and keeps each tile for the proof that it was read for. */
function nodeReader(tile: (level: number, index: number, width: number) => Hash[]): ReadNode {
  const kept = new Map<string, ReadNode>();
  return (level, index) => {
    const tileLevel = Math.floor(level / TILE_LEVELS);
    const within = level % TILE_LEVELS;
    const perTile = TILE_WIDTH / 2 ** within;
    const at = Math.floor(index / perTile);
    const key = `${tileLevel}/${at}`;
    const nodes = kept.get(key) ?? memoryNodes(tile(tileLevel, at, TILE_WIDTH));
    kept.set(key, nodes);
    return nodes(within, index % perTile);
  };
}
