import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { z } from "zod";
import { CodedError } from "./coded-error.ts";

/**
 * Sealed files: only the collector that a probe joined can read what travels on a flash drive. The construction is
 * that of age (C2SP age specification, X25519 recipient and STREAM payload of ChaCha20-Poly1305 chunks of 64 KiB), with
 * one recipient and the shared secret used for the payload directly. A file that ends early still gives its whole
 * chunks, and says that it ended early.
 */

/** Raw 32-byte X25519 public key, base64url without padding. */
export const SealKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, "expected an X25519 public key, 43 base64url characters");

/** First bytes of every sealed file. */
export const SEAL_MAGIC = "kuager-sealed/1 ";
/** Bytes of plain text in every chunk but the last, and what sealing adds to a chunk. */
export const SEAL_CHUNK_BYTES = 64 * 1024;
export const SEAL_TAG_BYTES = 16;
/** Length of the header line, its newline included. */
export const SEAL_HEADER_BYTES = SEAL_MAGIC.length + 43 + 1 + 43 + 1;

const CIPHER = "chacha20-poly1305";

/** A new X25519 key pair of a collector: the private key as PKCS#8 PEM, the public one as in {@link SealKey}. */
export function generateSealKey(): { privateKeyPem: string; publicKey: string } {
  const pair = generateKeyPairSync("x25519");
  return {
    privateKeyPem: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: rawOf(pair.publicKey),
  };
}

/** Public key of a collector's private key in PEM. */
export function sealKeyOf(privateKeyPem: string): string {
  return rawOf(createPublicKey(createPrivateKey(privateKeyPem)));
}

export type Sealer = {
  /** The line that begins the file. */
  readonly header: Buffer;
  /** Seals the next chunk: {@link SEAL_CHUNK_BYTES} bytes, fewer only in the last. */
  seal: (plain: Uint8Array, last: boolean) => Buffer;
};

/** Begins a sealed file for the holder of `recipient`'s private key. */
export function createSealer(recipient: string): Sealer {
  const pair = generateKeyPairSync("x25519");
  const header = Buffer.from(`${SEAL_MAGIC}${rawOf(pair.publicKey)} ${recipient}\n`, "latin1");
  const key = secretOf(pair.privateKey, importKey(recipient), header);
  let count = 0;
  return {
    header,
    seal: (plain, last) => {
      const cipher = createCipheriv(CIPHER, key, nonce(count++, last), { authTagLength: SEAL_TAG_BYTES });
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
  };
}

export type Opener = {
  /** Opens the next chunk. Throws `bad_input` when it was changed, moved, or is not the last although said to be. */
  open: (sealed: Uint8Array, last: boolean) => Buffer;
};

/** Opens a sealed file by its header. Throws `bad_input` when it is none, or is sealed for another collector. */
export function createOpener(header: Uint8Array, privateKeyPem: string): Opener {
  const text = Buffer.from(header).toString("latin1");
  const [, ephemeral, recipient] = /^kuager-sealed\/1 ([\w-]{43}) ([\w-]{43})\n$/.exec(text) ?? [];
  if (ephemeral === undefined || recipient === undefined)
    throw new CodedError("bad_input", "This is no sealed file of ours, or its beginning is damaged.");
  if (recipient !== sealKeyOf(privateKeyPem))
    throw new CodedError(
      "bad_input",
      "This file is sealed for another collector. Bring it to the one it was made for.",
    );
  const key = secretOf(createPrivateKey(privateKeyPem), importKey(ephemeral), Buffer.from(header));
  let count = 0;
  return {
    open: (sealed, last) => {
      try {
        const cut = sealed.length - SEAL_TAG_BYTES;
        const decipher = createDecipheriv(CIPHER, key, nonce(count, last), { authTagLength: SEAL_TAG_BYTES });
        decipher.setAuthTag(sealed.subarray(cut));
        const plain = Buffer.concat([decipher.update(sealed.subarray(0, cut)), decipher.final()]);
        count += 1;
        return plain;
      } catch (cause) {
        throw new CodedError("bad_input", `Part ${count + 1} of the sealed file was changed or cut.`, { cause });
      }
    },
  };
}

/** STREAM: an 11-byte counter and a flag for the last chunk, so that chunks cannot be moved, dropped or cut off. */
function nonce(count: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(count, 5, 6);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

/** HKDF-SHA-256 over the X25519 secret; the header, which holds both public keys, is the salt. */
function secretOf(privateKey: KeyObject, publicKey: KeyObject, header: Buffer): Buffer {
  try {
    return Buffer.from(hkdfSync("sha256", diffieHellman({ privateKey, publicKey }), header, "kuager sealed file", 32));
  } catch (cause) {
    throw new CodedError("bad_input", "A key of the sealed file is none.", { cause });
  }
}

function rawOf(key: KeyObject): string {
  return String(key.export({ format: "jwk" }).x);
}

function importKey(raw: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "X25519", x: raw }, format: "jwk" });
}
