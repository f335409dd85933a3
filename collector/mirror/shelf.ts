import { sha256Hex } from "../../protocol/hash.ts";
import type { MirrorIndex, Place } from "./place.ts";

/** The files of a mirror that is being made, and what of them is as it was. */
export type Shelf = {
  /** Puts a file in; `same` tells it apart from others that differ in more than the moment. */
  readonly put: (file: string, body: string | Uint8Array, same?: string) => Promise<void>;
  /** Takes the earlier file over where it says the same; else null. */
  readonly reuse: (file: string, same: string) => Promise<{ bytes: number } | null>;
  readonly files: () => MirrorIndex["files"];
  readonly used: () => Used;
};

export type Used = { readonly files: number; readonly bytes: number; readonly unchanged: number };

/** A shelf over a place in which a mirror is made. */
export function createShelf(place: Place): Shelf {
  const files = new Map<string, MirrorIndex["files"][string]>();
  let [bytes, unchanged] = [0, 0];
  const reuse: Shelf["reuse"] = async (file, same) => {
    const earlier = place.earlier?.files[file];
    if (earlier?.same !== same || files.has(file) || !(await place.keep(file))) return null;
    files.set(file, earlier);
    [bytes, unchanged] = [bytes + earlier.bytes, unchanged + 1];
    return earlier;
  };
  return {
    reuse,
    put: async (file, body, same = sha256Hex(body)) => {
      if ((await reuse(file, same)) !== null || files.has(file)) return;
      const size = Buffer.byteLength(body);
      await place.write(file, body);
      files.set(file, { sha256: sha256Hex(body), bytes: size, same });
      bytes += size;
    },
    files: () => Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    used: () => ({ files: files.size, bytes, unchanged }),
  };
}
