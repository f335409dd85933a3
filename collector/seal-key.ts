import { generateSealKey } from "../protocol/seal.ts";
import type { Store } from "./store/store.ts";

const STATE_KEY = "seal-key";

/** The private key (PEM) for which probes seal what leaves them as files; made once, kept with the records. */
export function sealKey({ state }: Pick<Store, "state">): Promise<string> {
  return state.once(STATE_KEY, () => generateSealKey().privateKeyPem);
}
