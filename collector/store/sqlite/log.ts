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
import type { Engine } from "./engine.ts";
import { LOG_SQL, TILE_LEVELS, TILE_WIDTH, tileReader } from "./log-writer.ts";

export const LOG_READ_SQL = {
  leafOf: `SELECT l.leaf, l.hash FROM entry e JOIN log_leaf l ON l.entry = e.id WHERE e.probe = ? AND e.seq = ?`,
  hashOf: "SELECT leaf, hash FROM log_leaf WHERE leaf = ?",
  addCheckpoint: `INSERT INTO log_checkpoint (size, made, note) VALUES (?, ?, ?) 
    ON CONFLICT (size) DO UPDATE SET made = excluded.made, note = excluded.note`,
  checkpoint: "SELECT size, made, note FROM log_checkpoint ORDER BY size DESC LIMIT 1",
  checkpointOf: "SELECT size, made, note FROM log_checkpoint WHERE size = ?",
};

/** The transparency log as readers see it; leaves are added with their entries (log-writer.ts). */
export function logTable({ db, run }: Engine): LogTable {
  const size = db.prepare<[], { size: number }>(LOG_SQL.size);
  const leafOf = db.prepare<[string, number], { leaf: number; hash: Buffer }>(LOG_READ_SQL.leafOf);
  const hashOf = db.prepare<[number], { leaf: number; hash: Buffer }>(LOG_READ_SQL.hashOf);
  const addCheckpoint = db.prepare<[number, number, string]>(LOG_READ_SQL.addCheckpoint);
  const checkpoint = db.prepare<[], StoredCheckpoint>(LOG_READ_SQL.checkpoint);
  const checkpointOf = db.prepare<[number], StoredCheckpoint>(LOG_READ_SQL.checkpointOf);
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
    leafOf: (probe, seq) => run(() => leafOf.get(probe, seq) ?? null),
    leaf: (index) => run(() => hashOf.get(index) ?? null),
    addCheckpoint: ({ size: of, made, note }) => run(() => void addCheckpoint.run(of, made, note)),
    checkpoint: (of) => run(() => (of === undefined ? checkpoint.get() : checkpointOf.get(of)) ?? null),
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
