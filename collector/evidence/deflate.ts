import { isUtf8 as isUtf8Bytes } from "node:buffer";
import { crc32 as crcOf, createGunzip, deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";

// The one file of evidence that asks Node to pack and unpack: the verifier in a browser gets another in its place.

/** Records unpack to a hundred megabytes: in small pieces that are put together at the end that takes twice as long. */
const CHUNK = 1024 * 1024;
/** What is unpacked aside comes in pieces of so many bytes. */
const PIECE = 4 * 1024 * 1024;
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
  return gunzipSync(bytes, {
    maxOutputLength: most,
    chunkSize: Math.max(CHUNK, Math.min(toldLength(bytes) + 1, most)),
  });
}

/** A file of which the first bytes are there, in memory that threads share. */
export type Unpacking = { readonly bytes: Uint8Array; readonly upTo: number };

/**
 * The same, unpacked aside while this thread goes on: how far it is, again and again. Rejects where {@link gunzip} throws,
 * and where the trailer does not tell the length.
 */
export async function* gunzipAside(bytes: Uint8Array, most: number): AsyncGenerator<Unpacking> {
  const length = toldLength(bytes);
  if (length > most) throw new RangeError(`It holds more than ${most} bytes.`);
  const whole = new Uint8Array(new SharedArrayBuffer(length));
  const stream = createGunzip({ chunkSize: PIECE });
  stream.end(bytes);
  let upTo = 0;
  for await (const part of stream as AsyncIterable<Uint8Array>) {
    if (upTo + part.length > length) throw new RangeError("It is longer than its trailer tells.");
    whole.set(part, upTo);
    upTo += part.length;
    yield { bytes: whole, upTo };
  }
  if (upTo < length) throw new RangeError("It is shorter than its trailer tells.");
  if (length === 0) yield { bytes: whole, upTo };
}

/** How long the content is by the trailer (RFC 1952, ISIZE): only a hint, as anybody may have written it. */
function toldLength(bytes: Uint8Array): number {
  if (bytes.length < 4) return 0;
  const told = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
  return Math.min(told, bytes.length * RATIO_MOST);
}
