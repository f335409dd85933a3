import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { z } from "zod";

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
  const pair = generateKeyPairSync("ed25519");
  return {
    privateKeyPem: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: publicKeyText(pair.publicKey),
  };
}

/** Public key of a private key in PEM. */
export function publicKeyOf(privateKeyPem: string): string {
  return publicKeyText(createPublicKey(createPrivateKey(privateKeyPem)));
}

/** A probe's id: the first 16 bytes of the SHA-256 of its raw public key, in hex. */
export function probeIdOf(publicKey: string): string {
  return createHash("sha256").update(Buffer.from(publicKey, "base64url")).digest("hex").slice(0, 32);
}

/** Signs `message` for one purpose; Ed25519 (RFC 8032) over `kuager:<purpose>:v1\n<message>`. */
export function signText(privateKeyPem: string, purpose: Purpose, message: string): string {
  return sign(null, payload(purpose, message), createPrivateKey(privateKeyPem)).toString("base64url");
}

/** Whether a signature made by {@link signText} holds. False for malformed keys or signatures; never throws. */
export function verifyText(publicKey: string, purpose: Purpose, message: string, signature: string): boolean {
  try {
    return verify(null, payload(purpose, message), importPublicKey(publicKey), Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

function payload(purpose: Purpose, message: string): Buffer {
  return Buffer.from(`kuager:${purpose}:v1\n${message}`, "utf8");
}

function publicKeyText(key: KeyObject): string {
  return String(key.export({ format: "jwk" }).x);
}

function importPublicKey(publicKey: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
}
