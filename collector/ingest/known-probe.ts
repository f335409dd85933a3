import type { Store, StoredProbe } from "../store/store.ts";
import { type Refusal, refusal } from "./refusal.ts";

export type Speaker = StoredProbe & { readonly publicKey: string };

/** The probe with this id, if it may speak. Refusals: `unknown_probe`, `revoked`, `left`. */
export async function knownProbe(store: Store, id: string): Promise<{ ok: true; probe: Speaker } | Refusal> {
  const probe = await store.probes.byId(id);
  if (probe === null || probe.publicKey === null)
    return refusal("unknown_probe", "This collector does not know this probe. Join it with a code first.");
  if (probe.revoked) return refusal("revoked", "This probe was revoked by the people who run the collector.");
  if (probe.left !== null) return refusal("left", "This probe has left. To come back, join with a new code.");
  return { ok: true, probe: { ...probe, publicKey: probe.publicKey } };
}
