import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { SEAL_MAGIC } from "../../protocol/seal.ts";
import { unsealed } from "./unseal.ts";

/** A line of a file, counted from 1; empty ones are passed over. `problem` stands where the text cannot be had. */
export type SourceLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly problem: string };

type Format = { readonly magic: Buffer; readonly unpack: (file: Readable, key: string | null) => Readable };

/** How a file is packed, told by its first bytes. */
const FORMATS: readonly Format[] = [
  { magic: Buffer.from([0x1f, 0x8b]), unpack: unzipped },
  { magic: Buffer.from(SEAL_MAGIC), unpack: opened },
  { magic: Buffer.alloc(0), unpack: (file) => file },
];

/** What is read of a file at once. */
const CHUNK_BYTES = 256 * 1024;

/** {@link readLineBatches} one by one. */
export async function* readLines(
  file: string,
  maxBytes: number,
  key: string | null = null,
): AsyncGenerator<SourceLine> {
  for await (const batch of readLineBatches(file, maxBytes, key)) yield* batch;
}

/**
 * The lines of a text file, gzipped or not, none held longer than `maxBytes`, as many at a time as are read at once.
 * Damage (a cut file, a line too long) is told in its place. `key` opens what probes sealed. Error: `bad_input` for a
 * file that cannot be opened.
 */
export async function* readLineBatches(
  file: string,
  maxBytes: number,
  key: string | null = null,
): AsyncGenerator<readonly SourceLine[]> {
  const { unpack } = await formatOf(file);
  let number = 1;
  try {
    for await (const texts of split(unpack(createReadStream(file, { highWaterMark: CHUNK_BYTES }), key), maxBytes)) {
      const lines: SourceLine[] = [];
      for (const text of texts) {
        if (text === null) lines.push({ number, problem: `longer than ${maxBytes} bytes` });
        else if (text.trim() !== "") lines.push({ number, text });
        number += 1;
      }
      yield lines;
    }
  } catch (error) {
    if (number === 1 && error instanceof CodedError) throw error;
    const why = error instanceof CodedError ? error.message : (errorCode(error) ?? "unknown");
    yield [{ number, problem: `the file cannot be read beyond this line (${why})` }];
  }
}

/** Lines of a stream, those of a chunk together; null in place of one that is too long. */
async function* split(stream: Readable, maxBytes: number): AsyncGenerator<(string | null)[]> {
  let parts: Buffer[] = [];
  let bytes = 0;
  const take = (part: Buffer) => {
    bytes += part.length;
    if (bytes <= maxBytes) parts.push(part);
    else parts = [];
  };
  const finish = () => {
    const [only] = parts;
    const whole = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    const text = bytes > maxBytes ? null : whole.toString("utf8");
    [parts, bytes] = [[], 0];
    return text;
  };
  for await (const chunk of stream) {
    const data: Buffer = chunk; // No encoding is set: chunks are buffers.
    const texts: (string | null)[] = [];
    let from = 0;
    for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, from)) {
      take(data.subarray(from, end));
      from = end + 1;
      texts.push(finish());
    }
    take(data.subarray(from));
    if (texts.length > 0) yield texts;
  }
  if (bytes > 0) yield [finish()];
}

async function formatOf(file: string) {
  try {
    const handle = await open(file);
    try {
      const { buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0);
      const found = FORMATS.find(({ magic }) => buffer.subarray(0, magic.length).equals(magic));
      return found ?? { unpack: (plain: Readable) => plain };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new CodedError("bad_input", `Cannot read ${file} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
}

function opened(file: Readable, key: string | null): Readable {
  if (key === null) throw new CodedError("bad_input", "This file is sealed, and this collector has no key for it.");
  return unzipped(unsealed(file, key));
}

function unzipped(file: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // Errors of either end come out of gunzip, which is the one that is read.
  pipeline(file, gunzip, () => undefined);
  return gunzip;
}
