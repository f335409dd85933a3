import { z } from "zod";
import { base64UrlOf, bytesOfBase64Url, hexOf, utf8 } from "./bytes.ts";
import { newPrivateKey, publicKeyBytes, signBytes, verifyBytes } from "./ed25519.ts";
import { sha256 } from "./hash.ts";

/** Raw 32-byte Ed25519 public key, base64url without padding (43 characters). */
export const PublicKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, "expected an Ed25519 public key, 43 base64url characters");
/** 64-byte Ed25519 signature, base64url without padding (86 characters). */
export const Signature = z
  .string()
  .regex(/^[A-Za-z0-9_-]{86}$/, "expected an Ed25519 signature, 86 base64url characters");

/** What a signature is about: one word per use, so that a signature for one cannot serve as another. */
export type Purpose = "journal" | "join" | "hello" | "batch" | "leave" | "release" | "continue";

/** A new Ed25519 key pair: the private key as PKCS#8 PEM, the public one as in {@link PublicKey}. */
export function generateIdentity(): { privateKeyPem: string; publicKey: string } {
  const privateKeyPem = newPrivateKey();
  return { privateKeyPem, publicKey: publicKeyOf(privateKeyPem) };
}

/** Public key of a private key in PEM. */
export function publicKeyOf(privateKeyPem: string): string {
  return base64UrlOf(publicKeyBytes(privateKeyPem));
}

/** A probe's id: the first 16 bytes of the SHA-256 of its raw public key, in hex. */
export function probeIdOf(publicKey: string): string {
  return hexOf(sha256(bytesOfBase64Url(publicKey))).slice(0, 32);
}

/** Signs `message` for one purpose; Ed25519 (RFC 8032) over `kuager:<purpose>:v1\n<message>`. */
export function signText(privateKeyPem: string, purpose: Purpose, message: string): string {
  return base64UrlOf(signBytes(privateKeyPem, payload(purpose, message)));
}

/** Whether a signature made by {@link signText} holds. False for malformed keys or signatures; never throws. */
export function verifyText(publicKey: string, purpose: Purpose, message: string, signature: string): boolean {
  return verifyBytes(bytesOfBase64Url(publicKey), payload(purpose, message), bytesOfBase64Url(signature));
}

function payload(purpose: Purpose, message: string): Uint8Array {
  return utf8(`kuager:${purpose}:v1\n${message}`);
}
