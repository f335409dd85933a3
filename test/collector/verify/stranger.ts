import type { LogIdentity } from "../../../collector/evidence/log-identity.ts";
import { noteVerifier } from "../../../protocol/note.ts";
import { generateIdentity } from "../../../protocol/signature.ts";

/** Somebody else who signs under this name, with a key of their own. */
export function strangerOf(origin: string): LogIdentity {
  const { privateKeyPem, publicKey } = generateIdentity();
  return { origin, privateKeyPem, verifier: noteVerifier(origin, publicKey) };
}
