import { Readable } from "node:stream";
import { createOpener, SEAL_CHUNK_BYTES, SEAL_HEADER_BYTES, SEAL_TAG_BYTES } from "../../protocol/seal.ts";

const CHUNK_BYTES = SEAL_CHUNK_BYTES + SEAL_TAG_BYTES;

/**
 * The plain bytes of a sealed file. What is whole comes out even when the end was cut off; then, or where a part was
 * changed, the stream ends in a `bad_input` error.
 */
export function unsealed(file: Readable, privateKeyPem: string): Readable {
  return Readable.from(open(file, privateKeyPem));
}

async function* open(file: Readable, privateKeyPem: string): AsyncGenerator<Buffer> {
  let opener: ReturnType<typeof createOpener> | null = null;
  let held = Buffer.alloc(0);
  for await (const chunk of file) {
    held = Buffer.concat([held, chunk]);
    if (opener === null && held.length >= SEAL_HEADER_BYTES) {
      opener = createOpener(held.subarray(0, SEAL_HEADER_BYTES), privateKeyPem);
      held = held.subarray(SEAL_HEADER_BYTES);
    }
    // The last chunk is sealed otherwise: it must not be opened before the end is known.
    while (opener !== null && held.length > CHUNK_BYTES) {
      yield opener.open(held.subarray(0, CHUNK_BYTES), false);
      held = held.subarray(CHUNK_BYTES);
    }
  }
  opener ??= createOpener(held, privateKeyPem);
  yield opener.open(held, true);
}
