import { LIMITS } from "../../protocol/limits.ts";

/** How much one delivery holds at most: entries, and bytes of their text. */
export type Portion = {
  count: () => number;
  bytes: () => number;
  /** A delivery of so many bytes was acknowledged. */
  took: () => void;
  /** A delivery of so many entries and bytes got no answer: the next is a quarter of it. False when it was a single entry. */
  broke: (sent: { count: number; bytes: number }) => boolean;
  /** The collector says that it was too much. False when it was a single entry. */
  halve: () => boolean;
};

/** Text is quoted inside the batch and grows by its quotes; two thirds leave room for that. */
const MOST_BYTES = Math.floor((LIMITS.batchBytes * 2) / 3);
/** After a break so many deliveries are of the size that passes, before a larger one is tried. */
const CAREFUL = 8;

/**
 * Deliveries as large as the line carries: whole batches on a good one; on a line that dies every few kilobytes a few
 * entries, one at the least, so that each connection brings something across.
 */
export function createPortion(): Portion {
  let count: number = LIMITS.entriesPerBatch;
  let bytes = MOST_BYTES;
  let careful = 0;
  return {
    count: () => count,
    bytes: () => bytes,
    took: () => {
      if (careful > 0) careful -= 1;
      else {
        count = Math.min(LIMITS.entriesPerBatch, count * 2);
        bytes = Math.min(MOST_BYTES, bytes * 2);
      }
    },
    broke: (sent) => {
      if (sent.count <= 1) return false;
      careful = CAREFUL;
      count = Math.max(1, Math.ceil(sent.count / 4));
      bytes = Math.max(1, Math.ceil(sent.bytes / 4));
      return true;
    },
    halve: () => {
      if (count <= 1) return false;
      count = Math.max(1, Math.floor(count / 2));
      return true;
    },
  };
}
