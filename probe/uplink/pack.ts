import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { LIMITS } from "../../protocol/limits.ts";
import type { Batch } from "../../protocol/wire.ts";
import type { Identity } from "../identity/identity.ts";
import type { Journal } from "../journal/journal.ts";
import type { Row } from "../journal/rows.ts";

/** One delivery, ready to send, and the last entry it holds. */
export type Packed = { lastSeq: number; data: Buffer };

/** Text is quoted inside the batch and grows by its quotes; two thirds leave room for that. */
const BATCH_TEXT_BYTES = Math.floor((LIMITS.batchBytes * 2) / 3);
const pack = promisify(gzip);

/**
 * The next delivery after `seq`: entries as they were hashed, one signature over the hash of the last, gzipped. Null
 * when nothing is committed beyond `seq`.
 */
export async function packBatch(
  journal: Journal,
  identity: Identity,
  seq: number,
  maxCount: number = LIMITS.entriesPerBatch,
): Promise<Packed | null> {
  return packRows(journal.read(seq, Math.min(maxCount, LIMITS.entriesPerBatch), BATCH_TEXT_BYTES), identity);
}

/** A delivery of rows that follow each other, signed by `identity` over the last; null when there are none. */
export async function packRows(rows: readonly Row[], identity: Identity): Promise<Packed | null> {
  const last = rows.at(-1);
  if (last === undefined) return null;
  const batch: Batch = {
    probe: identity.probe,
    entries: rows.map(({ text }) => text),
    signature: identity.sign("journal", last.hash),
  };
  return { lastSeq: last.seq, data: await pack(JSON.stringify(batch)) };
}
