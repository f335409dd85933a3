import { gunzipAside } from "../evidence/deflate.ts";
import type { Files } from "../evidence/files.ts";
import type { Piece } from "./originals.ts";
import { ARCHIVE_FILES, UNPACKED_MAX } from "./record-files.ts";

/**
 * Unpacks the files with records one after the other while this thread goes on, into memory that another one can read as
 * well: how far each is, again and again. Rejects for one that is missing or cannot be unpacked.
 */
export async function* unpackAside(files: Files): AsyncGenerator<Piece> {
  for (const path of ARCHIVE_FILES)
    for await (const { bytes, upTo } of gunzipAside(files.get(path) ?? new Uint8Array(), UNPACKED_MAX))
      yield { path, bytes, upTo };
}
