import type { Batch } from "../../protocol/wire.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Store, StoredProbe } from "../store/store.ts";
import { type Accepted, acceptBatch } from "./accept.ts";
import { type Refusal, refusal } from "./refusal.ts";

type Speaker = Pick<StoredProbe, "id"> & { readonly publicKey: string };

/**
 * Judges and stores what a host saved of the journal of a key that another continues. Its chain has holes (what stood
 * there could not be read), so a batch may begin anywhere: within it the chain is whole, a signature of the old key
 * covers it, and where a neighbour is stored it must fit. Each entry is stored once. Refusals: those of
 * {@link acceptBatch} but `gap`. Throws `bad_input` when another entry is stored under one of the numbers.
 */
export async function takeLate(
  store: Store,
  { id, publicKey }: Speaker,
  batch: Batch,
  at: EpochMs,
): Promise<Accepted | Refusal> {
  const first = firstOf(batch);
  const before = first === null ? null : await store.entries.at(id, first.seq - 1);
  const head = first === null ? { seq: 0, hash: "" } : { seq: first.seq - 1, hash: first.prev };
  if (before !== null && before.hash !== head.hash)
    return refusal("fork", `Entry ${head.seq + 1} does not continue the stored entry ${head.seq}.`);
  const accepted = await acceptBatch(batch, { publicKey, head, hashAt: async () => null });
  if (!accepted.ok) return accepted;
  const last = accepted.rows.at(-1);
  const after = last === undefined ? null : await store.entries.at(id, last.seq + 1);
  if (last !== undefined && after !== null && !after.text.includes(`"prev":"${last.hash}"`))
    return refusal("fork", `The stored entry ${last.seq + 1} does not continue entry ${last.seq}.`);
  const signed = accepted.rows.map((row) => ({
    ...row,
    received: at,
    signature: row === last ? accepted.signature : null,
  }));
  const isNew = await Promise.all(accepted.rows.map(async ({ seq }) => (await store.entries.hashAt(id, seq)) === null));
  await store.entries.addKnown(id, signed);
  const keep = (_: unknown, index: number) => isNew[index] ?? false;
  return { ...accepted, rows: accepted.rows.filter(keep), entries: accepted.entries.filter(keep) };
}

/** Where a batch begins, before it is judged; null where that cannot be read. */
function firstOf({ entries }: Batch): { seq: number; prev: string } | null {
  try {
    const { seq, prev } = JSON.parse(entries[0] ?? "") as { seq: unknown; prev: unknown };
    return typeof seq === "number" && Number.isSafeInteger(seq) && typeof prev === "string" ? { seq, prev } : null;
  } catch {
    return null;
  }
}
