import { hash } from "node:crypto";

/** SHA-256 as 64 lower-case hex digits. Text is hashed as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}

/** SHA-256 as 32 bytes. Text is hashed as UTF-8. */
export function sha256(data: string | Uint8Array): Uint8Array {
  // Through hex: many hashes then share one piece of memory, where "buffer" gives each one of its own, which takes longer.
  return Buffer.from(hash("sha256", data, "hex"), "hex");
}
