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
import { type LogChunks, logChunks } from "./log-chunks.ts";
import { witnessRows } from "./log-witness.ts";
import { TILE_LEVELS, TILE_WIDTH, tileReader } from "./log-writer.ts";

export const LOG_READ_SQL = {
  idOf: "SELECT id FROM entry WHERE probe = ? AND seq = ?",
  addCheckpoint: `INSERT INTO log_checkpoint (size, made, note) VALUES (?, ?, ?)
    ON CONFLICT (size) DO UPDATE SET made = excluded.made, note = excluded.note`,
  checkpoint: "SELECT size, made, note FROM log_checkpoint ORDER BY size DESC LIMIT 1",
  checkpoints: "SELECT size, made, note FROM log_checkpoint WHERE size > 0 AND size < ? ORDER BY size DESC LIMIT ?",
  checkpointFrom: "SELECT size, made, note FROM log_checkpoint WHERE made >= ? ORDER BY made, size LIMIT 1",
  checkpointOf: "SELECT size, made, note FROM log_checkpoint WHERE size = ?",
};

/** The transparency log as readers see it; leaves are added with their entries (log-writer.ts). */
export function logTable(engine: Engine): LogTable {
  const { db, run } = engine;
  const chunks = logChunks(db);
  const idOf = db.prepare<[string, number], { id: number }>(LOG_READ_SQL.idOf);
  const addCheckpoint = db.prepare<[number, number, string]>(LOG_READ_SQL.addCheckpoint);
  const checkpoint = db.prepare<[], StoredCheckpoint>(LOG_READ_SQL.checkpoint);
  const checkpointFrom = db.prepare<[number], StoredCheckpoint>(LOG_READ_SQL.checkpointFrom);
  const checkpointOf = db.prepare<[number], StoredCheckpoint>(LOG_READ_SQL.checkpointOf);
  const checkpoints = db.prepare<[number, number], StoredCheckpoint>(LOG_READ_SQL.checkpoints);
  const tile = tileReader(db);
  // One consistent view: the log must not grow between the nodes of one answer.
  const view = <T>(work: (read: ReadNode) => T) => run(() => db.transaction(() => work(nodeReader(tile)))());
  return {
    size: () => run(() => chunks.size()),
    root: (of) => view((read) => treeRoot(of, read)),
    inclusion: (index, of) => view((read) => inclusionPath(index, of, read)),
    consistency: (from, to) => view((read) => consistencyPath(from, to, read)),
    many: (indices, of) => view((read) => manyPath(indices, of, read)),
    tile: (level, index, width) => run(() => tile(level, index, width)),
    leafOf: (probe, seq) =>
      run(() => {
        const id = idOf.get(probe, seq)?.id;
        const leaf = id === undefined ? null : chunks.leafOf(id);
        return leaf === null ? null : leafAt(chunks, leaf);
      }),
    leaf: (index) => run(() => leafAt(chunks, index)),
    ...witnessRows(engine),
    addCheckpoint: ({ size: of, made, note }) => run(() => void addCheckpoint.run(of, made, note)),
    checkpoints: (below, limit) => run(() => checkpoints.all(below, limit)),
    checkpointFrom: (at) => run(() => checkpointFrom.get(at) ?? null),
    checkpoint: (of) => run(() => (of === undefined ? checkpoint.get() : checkpointOf.get(of)) ?? null),
  };
}

function leafAt(chunks: LogChunks, leaf: number): { leaf: number; hash: Hash } | null {
  const [hash] = chunks.read(leaf, leaf + 1);
  return hash === undefined ? null : { leaf, hash };
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
