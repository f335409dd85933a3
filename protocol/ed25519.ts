import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { base64UrlOf, bytesOfBase64Url } from "./bytes.ts";

// The one file that asks Node's crypto for Ed25519 (RFC 8032): a browser that only checks gets another in its place.

/** A new private key, PKCS#8 in PEM. */
export function newPrivateKey(): string {
  return generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** Raw public key (32 bytes) of a private key in PEM. */
export function publicKeyBytes(privateKeyPem: string): Uint8Array {
  return rawKey(createPublicKey(createPrivateKey(privateKeyPem)));
}

/** Signature (64 bytes) over a message. */
export function signBytes(privateKeyPem: string, message: Uint8Array): Uint8Array {
  return sign(null, message, createPrivateKey(privateKeyPem));
}

/** Whether a signature over a message holds. False for malformed keys and signatures; never throws. */
export function verifyBytes(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, message, keyObject(publicKey), signature);
  } catch {
    return false;
  }
}

/** A raw public key as openssl reads it: SubjectPublicKeyInfo in PEM. */
export function publicKeyPem(publicKey: Uint8Array): string {
  return keyObject(publicKey).export({ type: "spki", format: "pem" }).toString();
}

function keyObject(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: base64UrlOf(raw) }, format: "jwk" });
}

function rawKey(key: KeyObject): Uint8Array {
  return bytesOfBase64Url(String(key.export({ format: "jwk" }).x));
}
