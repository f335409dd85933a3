import { Gunzip, inflateSync } from "fflate";

const POLYNOMIAL = 0xedb88320;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/** In place of collector/evidence/deflate.ts: CRC-32 as zips have it. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes) !== "";
  } catch {
    return false;
  }
}

/** The same bytes, in which a byte is found quickly. */
export function searchable(bytes: Uint8Array): Uint8Array {
  return bytes;
}

/** What raw DEFLATE holds, at most so many bytes. Throws for what is none. */
export function inflate(bytes: Uint8Array, most: number): Uint8Array {
  return inflateSync(bytes, { out: new Uint8Array(most) });
}

/** What gzip holds. Throws for what is none, and for more than `most` bytes. */
export function gunzip(bytes: Uint8Array, most: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let [length, ended] = [0, false];
  const stream = new Gunzip((part, final) => {
    length += part.length;
    if (length > most) throw new Error("too large");
    parts.push(part);
    ended = final;
  });
  stream.push(bytes, true);
  if (!ended) throw new Error("cut short");
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function deflate(): never {
  throw new Error("The verifier packs nothing.");
}

export function gzip(): never {
  throw new Error("The verifier packs nothing.");
}
