import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Batch } from "../../protocol/wire.ts";
import type { Identity } from "../identity/identity.ts";
import type { Journal } from "../journal/journal.ts";
import type { Row } from "../journal/rows.ts";
import type { Portion } from "./portion.ts";

/** One delivery, ready to send, the last entry it holds, and how many there are with how much text. */
export type Packed = { lastSeq: number; data: Buffer; count: number; bytes: number };

const pack = promisify(gzip);

/**
 * The next delivery after `seq`: entries as they were hashed, one signature over the hash of the last, gzipped. Null
 * when nothing is committed beyond `seq`.
 */
export async function packBatch(
  journal: Journal,
  identity: Identity,
  seq: number,
  portion: Pick<Portion, "count" | "bytes">,
): Promise<Packed | null> {
  return packRows(journal.read(seq, portion.count(), portion.bytes()), identity);
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
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  return { lastSeq: last.seq, data: await pack(JSON.stringify(batch)), count: rows.length, bytes };
}
