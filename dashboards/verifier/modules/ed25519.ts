import { hashes, verify } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2";

hashes.sha512 = (message) => Uint8Array.from(sha512(message));

/** In place of protocol/ed25519.ts: whether a signature holds. A browser only checks: it makes neither keys nor signatures. */
export function verifyBytes(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

export function newPrivateKey(): never {
  return refuse();
}

export function publicKeyBytes(): never {
  return refuse();
}

export function signBytes(): never {
  return refuse();
}

export function publicKeyPem(): never {
  return refuse();
}

function refuse(): never {
  throw new Error("The verifier makes no keys and signatures.");
}
