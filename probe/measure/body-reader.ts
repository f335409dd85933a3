import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

/** Takes a body as it comes in and holds its beginning, unpacked where it came packed. */
export type BodyReader = {
  /** Takes bytes off the wire; false when no more of them are wanted. */
  take: (bytes: Buffer) => boolean;
  /** Resolves as soon as the wanted part is there, were the rest never to come; else stays open. */
  full: Promise<void>;
  /** Waits until all that was taken is unpacked. Rejects with `Z_DATA_ERROR` or, unless cut, `Z_BUF_ERROR`. */
  end: () => Promise<void>;
  /** Lets go of the unpacker; what it gave so far stays. */
  close: () => void;
  /** What there is of the body so far. */
  read: () => { body: Buffer; wireBytes: number; isUnpacked: boolean; truncated: boolean };
};

/** What a request offers: as browsers do, so that sites answer as they do to them. */
export const ACCEPT_ENCODING = "gzip, deflate, br";

const PART_BYTES = 16 * 1024;
const PARTS = { chunkSize: PART_BYTES };

/**
 * Makes the reader of one body. Of what comes off the wire and of what is unpacked from it at most `maxBytes` each are
 * taken (a bomb is cut, and says so by `truncated`), whatever a server sends. A content encoding that was not asked for,
 * or several at once, are left as they came.
 */
export function createBodyReader(maxBytes: number, encoding: string | undefined): BodyReader {
  const parts: Buffer[] = [];
  let bytes = 0;
  let wireBytes = 0;
  let truncated = false;
  let unpacker: Transform | null = null;
  let problem: Error | null = null;
  let tellFull = () => {};
  const full = new Promise<void>((resolve) => {
    tellFull = resolve;
  });
  const keep = (part: Buffer) => {
    const room = maxBytes - bytes;
    if (room > 0) parts.push(part.subarray(0, room));
    bytes += Math.min(room, part.length);
    if (part.length <= room) return;
    truncated = true;
    unpacker?.destroy();
    tellFull();
  };
  const unpack = (first: number): Transform | null => {
    const made = unpackerFor(encoding, first);
    made?.on("data", keep);
    made?.on("error", (error) => {
      problem ??= error;
      tellFull();
    });
    return made;
  };
  return {
    take: (chunk) => {
      const [first] = chunk;
      if (first === undefined) return true;
      if (wireBytes === 0) unpacker = unpack(first);
      const room = maxBytes - wireBytes;
      wireBytes += Math.min(room, chunk.length);
      if (unpacker === null) keep(chunk);
      else if (!unpacker.destroyed) unpacker.write(chunk.subarray(0, room));
      truncated ||= chunk.length > room;
      return !truncated && problem === null;
    },
    full,
    end: async () => {
      await ended(unpacker);
      if (problem === null || (truncated && isShort(problem))) return;
      throw Object.assign(new Error("The body cannot be unpacked.", { cause: problem }), {
        code: isShort(problem) ? "Z_BUF_ERROR" : "Z_DATA_ERROR",
      });
    },
    close: () => void unpacker?.destroy(),
    read: () => ({ body: Buffer.concat(parts), wireBytes, isUnpacked: unpacker !== null, truncated }),
  };
}

function unpackerFor(encoding: string | undefined, first: number): Transform | null {
  switch (encoding?.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return createGunzip(PARTS);
    // Meant is zlib's form (RFC 9110 section 8.4.1.2), whose first byte ends in 8; some servers send the bare stream.
    case "deflate":
      return (first & 0x0f) === 8 ? createInflate(PARTS) : createInflateRaw(PARTS);
    case "br":
      return createBrotliDecompress(PARTS);
    default:
      return null;
  }
}

function ended(unpacker: Transform | null): Promise<void> {
  return new Promise((resolve) => {
    if (unpacker === null || unpacker.destroyed || unpacker.readableEnded) return resolve();
    unpacker.once("close", resolve);
    unpacker.once("error", () => resolve());
    unpacker.once("end", resolve);
    // Only when all is taken in: the part that comes with the end would be lost if the stream breaks off.
    unpacker.write(Buffer.alloc(0), () => unpacker.end());
  });
}

/** zlib's word for a stream that ends in the middle. */
function isShort(error: Error): boolean {
  return "code" in error && error.code === "Z_BUF_ERROR";
}
