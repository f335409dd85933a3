import { sha256 as nobleSha256 } from "@noble/hashes/sha2";

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const encoder = new TextEncoder();

/** In place of protocol/hash.ts: SHA-256 as hex digits. */
export function sha256Hex(data: string | Uint8Array): string {
  let text = "";
  for (const byte of sha256(data)) text += HEX[byte];
  return text;
}

/** In place of protocol/hash.ts: SHA-256 as bytes. */
export function sha256(data: string | Uint8Array): Uint8Array {
  return nobleSha256(typeof data === "string" ? encoder.encode(data) : data);
}
