import { type NoteVerifier, noteVerifier } from "../../protocol/note.ts";
import { generateIdentity, probeIdOf, publicKeyOf } from "../../protocol/signature.ts";
import type { Store } from "../store/store.ts";

const KEY = "log-key";
const ORIGIN = "log-origin";

/** Who signs heads of the log and bundles. */
export type LogIdentity = {
  readonly origin: string;
  readonly privateKeyPem: string;
  readonly verifier: NoteVerifier;
};

/** The log's name and key: made once, kept with the records. */
export async function logIdentity({ state }: Pick<Store, "state">): Promise<LogIdentity> {
  const privateKeyPem = await state.once(KEY, () => generateIdentity().privateKeyPem);
  const publicKey = publicKeyOf(privateKeyPem);
  const origin = (await state.get(ORIGIN)) ?? `kuager-log-${probeIdOf(publicKey).slice(0, 16)}`;
  return { origin, privateKeyPem, verifier: noteVerifier(origin, publicKey) };
}

/** Gives the log the name of the configuration; null leaves the one it has. */
export async function nameLog({ state }: Pick<Store, "state">, origin: string | null): Promise<void> {
  if (origin !== null && (await state.get(ORIGIN)) !== origin) await state.set(ORIGIN, origin);
}
