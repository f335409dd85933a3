import type { Hash } from "../../protocol/merkle.ts";

const HASH_BYTES = 32;
const ROOM = 1024;

/** Hashes one after the other in one piece of memory, which a thread can hand on: a hundred thousand of their own are slow to. */
export function createHashList() {
  let room = new Uint8Array(ROOM * HASH_BYTES);
  let length = 0;
  return {
    add: (hash: Hash): void => {
      if (length === room.length) {
        const larger = new Uint8Array(2 * room.length);
        larger.set(room);
        room = larger;
      }
      room.set(hash, length);
      length += HASH_BYTES;
    },
    bytes: (): Uint8Array => room.slice(0, length),
  };
}

/** The hashes of such a list. */
export function hashesIn(bytes: Uint8Array): Hash[] {
  const hashAt = (at: number) => bytes.subarray(HASH_BYTES * at, HASH_BYTES * (at + 1));
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) => hashAt(at));
}
