import type { Hash } from "../../protocol/merkle.ts";
import type { EpochMs } from "../analysis/types.ts";

export type StoredCheckpoint = { readonly size: number; readonly made: EpochMs; readonly note: string };

/** A witness's line below the head of a size; `witness` is its key as text. */
export type StoredCosignature = {
  readonly size: number;
  readonly witness: string;
  readonly made: EpochMs;
  readonly line: string;
};

/** What somebody who keeps time answered for a head (`note`), as it came. */
export type StoredStamp = {
  readonly size: number;
  readonly kind: "rfc3161" | "ots";
  readonly authority: string;
  readonly made: EpochMs;
  readonly note: string;
  readonly answer: Uint8Array;
};

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
  /** The first head that was signed at or after a moment; null when there is none. */
  checkpointFrom: (at: EpochMs) => Promise<StoredCheckpoint | null>;
  /** Heads of fewer than `below` leaves, the largest first. */
  checkpoints: (below: number, limit: number) => Promise<StoredCheckpoint[]>;
  /** Keeps a witness's line; a later one for the same size takes its place. */
  addCosignature: (cosignature: StoredCosignature) => Promise<void>;
  cosignatures: (size: number) => Promise<StoredCosignature[]>;
  /** Sizes of at most `most` leaves whose head somebody cosigned or stamped, the largest first. */
  witnessed: (most: number, limit: number) => Promise<number[]>;
  /** The smallest such size of at least `least` leaves; null when there is none. */
  witnessedFrom: (least: number) => Promise<number | null>;
  /** The largest size that a witness has cosigned; 0 when there is none. */
  cosignedSize: (witness: string) => Promise<number>;
  /** Keeps an answer; a later one of the same authority for the same size takes its place. */
  addStamp: (stamp: StoredStamp) => Promise<void>;
  /** Answers for heads of at most `most` leaves, the largest first. */
  stamps: (most: number, limit: number) => Promise<StoredStamp[]>;
};
