import type { Hash } from "../../protocol/merkle.ts";
import type { EpochMs } from "../analysis/types.ts";

export type StoredCheckpoint = { readonly size: number; readonly made: EpochMs; readonly note: string };

/**
 * The transparency log: every stored entry is a leaf, written in the transaction of the entry. Places count from 0;
 * a place, size or tile beyond the log is the caller's fault (RangeError).
 */
export type LogTable = {
  size: () => Promise<number>;
  root: (size: number) => Promise<Hash>;
  /** Paths of RFC 9162 2.1.3 and 2.1.4; `many` is one proof for many leaves (protocol/merkle-many.ts). */
  inclusion: (index: number, size: number) => Promise<Hash[]>;
  consistency: (from: number, to: number) => Promise<Hash[]>;
  many: (indices: readonly number[], size: number) => Promise<Hash[]>;
  /** The first `width` hashes of a tile; fewer where the log does not go so far. */
  tile: (level: number, index: number, width: number) => Promise<Hash[]>;
  leafOf: (probe: string, seq: number) => Promise<{ leaf: number; hash: Hash } | null>;
  leaf: (index: number) => Promise<{ leaf: number; hash: Hash } | null>;
  /** Keeps a signed head; one of the same size takes the place of the one before. */
  addCheckpoint: (checkpoint: StoredCheckpoint) => Promise<void>;
  /** The head of a size, or the newest; null when there is none. */
  checkpoint: (size?: number) => Promise<StoredCheckpoint | null>;
  /** Heads of fewer than `below` leaves, the largest first. */
  checkpoints: (below: number, limit: number) => Promise<StoredCheckpoint[]>;
};
