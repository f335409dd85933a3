import { gunzipAside } from "../evidence/deflate.ts";
import type { Files } from "../evidence/files.ts";
import { UNPACKED_MAX, type Unpacked } from "./record-files.ts";

/** Unpacks gzipped files while this thread goes on, into memory that another one can read as well. */
export async function unpackAside(files: Files): Promise<Unpacked> {
  const unpacked = [...files].map(async ([path, bytes]) => {
    const plain = await gunzipAside(bytes, UNPACKED_MAX).catch(() => null);
    return [path, plain === null ? null : shared(plain)] as const;
  });
  return new Map(await Promise.all(unpacked));
}

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
