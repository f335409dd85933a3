import { crc32 as crcOf, deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";

// The one file of evidence that asks Node to pack and unpack: the verifier in a browser gets another in its place.

/** Records unpack to a hundred megabytes: in pieces of 16 KB, as zlib does by itself, that takes twice as long. */
const CHUNK = 1024 * 1024;

/** CRC-32 as zips have it. */
export function crc32(bytes: Uint8Array): number {
  return crcOf(bytes);
}

/** Raw DEFLATE (RFC 1951), as small as it gets. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: 9 });
}

/** What raw DEFLATE holds. Throws for what is none, and for more than `most` bytes. */
export function inflate(bytes: Uint8Array, most: number): Uint8Array {
  return inflateRawSync(bytes, { maxOutputLength: Math.max(1, most) });
}

/** Gzip (RFC 1952), as small as it gets, without name and time. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 9 });
}

/** What gzip holds. Throws for what is none, and for more than `most` bytes. */
export function gunzip(bytes: Uint8Array, most: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: most, chunkSize: CHUNK });
}
