import { openCheckpoint, signCheckpoint } from "../../protocol/checkpoint.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Store, StoredCheckpoint } from "../store/store.ts";
import { logIdentity } from "./log-identity.ts";

type Log = Pick<Store, "state" | "log">;

/**
 * The newest signed head of the log; a new one is signed when the log has grown, or was given another name, since the
 * last one. The log only ever grows, so the caller's clock decides how often this is done.
 */
export async function freshCheckpoint(store: Log, at: EpochMs): Promise<StoredCheckpoint> {
  const size = await store.log.size();
  const identity = await logIdentity(store);
  const last = await store.log.checkpoint();
  if (last !== null && last.size === size && openCheckpoint(last.note, identity.verifier) !== null) return last;
  const { origin, privateKeyPem } = identity;
  const note = signCheckpoint({ origin, size, root: await store.log.root(size), more: [] }, privateKeyPem);
  const made = { size, made: at, note };
  await store.log.addCheckpoint(made);
  return made;
}

/**
 * The first head that was signed at a moment or after it, so that the same moment gives the same head however far the log
 * has grown since; a fresh one where none was.
 */
export async function coveringCheckpoint(store: Log, at: EpochMs): Promise<StoredCheckpoint> {
  const first = await store.log.checkpointFrom(at);
  const { verifier } = await logIdentity(store);
  return first !== null && openCheckpoint(first.note, verifier) !== null ? first : freshCheckpoint(store, at);
}
