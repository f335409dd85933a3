import { isUtf8 as isUtf8Bytes } from "node:buffer";
import { promisify } from "node:util";
import { crc32 as crcOf, deflateRawSync, gunzip as gunzipLater, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";

// The one file of evidence that asks Node to pack and unpack: the verifier in a browser gets another in its place.

/** Records unpack to a hundred megabytes: in small pieces that are put together at the end that takes twice as long. */
const CHUNK = 1024 * 1024;
/** DEFLATE packs nothing tighter (1032:1): a lying trailer gets no more room than its file could fill. */
const RATIO_MOST = 1032;

/** CRC-32 as zips have it. */
export function crc32(bytes: Uint8Array): number {
  return crcOf(bytes);
}

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  return isUtf8Bytes(bytes);
}

/** The same bytes, in which a byte is found quickly. */
export function searchable(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
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
  return gunzipSync(bytes, roomFor(bytes, most));
}

/** The same, unpacked aside while this thread goes on. Rejects where {@link gunzip} throws. */
export function gunzipAside(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  return promisify(gunzipLater)(bytes, roomFor(bytes, most));
}

function roomFor(bytes: Uint8Array, most: number) {
  return { maxOutputLength: most, chunkSize: Math.max(CHUNK, Math.min(toldLength(bytes) + 1, most)) };
}

/** How long the content is by the trailer (RFC 1952, ISIZE): only a hint, as anybody may have written it. */
function toldLength(bytes: Uint8Array): number {
  if (bytes.length < 4) return 0;
  const told = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
  return Math.min(told, bytes.length * RATIO_MOST);
}
