import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { readLineBatches, type SourceLine } from "../exchange/read-lines.ts";
import { LINE_BYTES, type ReadLine } from "./entry-line.ts";

/** Lines that can be read more than once, from the first, each time in the same order, some at a time. */
export type LineSource = { readonly batches: () => AsyncIterable<readonly ReplayLine[]> };

/** A line, or an entry line whose end was read before. */
export type ReplayLine = SourceLine | { readonly number: number; readonly entry: ReadLine };

/** The lines of an archive file, gzipped or not. Reading throws `bad_input` for a file that cannot be opened. */
export function fileSource(file: string): LineSource {
  return { batches: () => readLineBatches(file, LINE_BYTES) };
}

/**
 * A stream as a source: it is kept in a temporary file, as it must be read twice. `close` removes the file. Error:
 * `io` when there is no room for it.
 */
export async function streamSource(stream: Readable): Promise<LineSource & { close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "kuager-replay-"));
  const close = () => rm(folder, { recursive: true, force: true });
  const file = join(folder, "archive");
  try {
    await pipeline(stream, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await close();
    const why = errorCode(error) ?? "unknown";
    throw new CodedError("io", `The archive cannot be kept in ${tmpdir()} (${why}). Set TMPDIR to a folder with room.`);
  }
  return { ...fileSource(file), close };
}
