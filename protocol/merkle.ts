import { sameBytes } from "./bytes.ts";
import { sha256 } from "./hash.ts";

/** A node of the tree: 32 bytes of SHA-256. */
export type Hash = Uint8Array;

/** Reads the stored hash of a complete subtree: the leaves from `index * 2^level` on, `2^level` of them. */
export type ReadNode = (level: number, index: number) => Hash;

/** Longest proof that is looked at: a tree of 2^52 leaves has paths of 52 hashes, consistency proofs one more. */
const PATH_MAX = 64;

/** Hash of a leaf: SHA-256 of 0x00 and the data (RFC 9162 section 2.1.1, as RFC 6962). Text is taken as UTF-8. */
export function leafHash(data: string | Uint8Array): Hash {
  // U+0000 is the byte 0x00 in UTF-8: a text is hashed in one call, without a copy of its bytes.
  if (typeof data === "string") return sha256(`\0${data}`);
  if (data.length >= room.length) room = new Uint8Array(2 * data.length + 1);
  room.set(data, 1);
  return sha256(room.subarray(0, data.length + 1));
}

/** Hash of an inner node: SHA-256 of 0x01 and both children. */
export function nodeHash(left: Hash, right: Hash): Hash {
  if (!isHash(left) || !isHash(right)) throw new RangeError("A node of the tree is 32 bytes.");
  PAIR.set(left, 1);
  PAIR.set(right, 1 + HASH_BYTES);
  return sha256(PAIR);
}

const HASH_BYTES = 32;
/** 0x00 and a leaf: one buffer for all leaves, which grows with the longest. */
let room = new Uint8Array(4096);
/** 0x01 and both children: one buffer for all nodes, as a log hashes as many as it has leaves. */
const PAIR = Uint8Array.of(1, ...new Uint8Array(2 * HASH_BYTES));

/** Root of the tree of the first `size` leaves (RFC 9162 section 2.1.1); of none it is the hash of nothing. */
export function treeRoot(size: number, read: ReadNode): Hash {
  return size === 0 ? sha256("") : rangeHash(0, size, read);
}

/** A reader over leaf hashes in memory, which keeps what it has computed. */
export function memoryNodes(leaves: readonly Hash[]): ReadNode {
  const levels: Hash[][] = [[...leaves]];
  return (level, index) => {
    for (let height = levels.length; height <= level; height++) {
      const below = levels[height - 1] ?? [];
      levels.push(pairs(below));
    }
    const found = levels[level]?.[index];
    if (found === undefined) throw new RangeError(`There is no node ${index} at level ${level}.`);
    return found;
  };
}

function pairs(below: readonly Hash[]): Hash[] {
  const above: Hash[] = [];
  for (let at = 0; at + 1 < below.length; at += 2) {
    const [left, right] = [below[at], below[at + 1]];
    if (left !== undefined && right !== undefined) above.push(nodeHash(left, right));
  }
  return above;
}

/** The inclusion path of leaf `index` in the tree of `size` leaves, from the leaf up (RFC 9162 section 2.1.3.1). */
export function inclusionPath(index: number, size: number, read: ReadNode): Hash[] {
  const path: Hash[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    const inLeft = index < middle;
    path.push(inLeft ? rangeHash(middle, to, read) : rangeHash(from, middle, read));
    [from, to] = inLeft ? [from, middle] : [middle, to];
  }
  return path.reverse();
}

/** The consistency proof between the trees of `from` and `to` leaves, 0 < from ≤ to (RFC 9162 section 2.1.4.1). */
export function consistencyPath(from: number, to: number, read: ReadNode): Hash[] {
  const path: Hash[] = [];
  let [low, high, old] = [0, to, from];
  // `whole`: the old tree's root is known to the verifier, so its subtree need not be told.
  let whole = true;
  while (old !== high - low) {
    const split = splitOf(high - low);
    if (old <= split) {
      path.push(rangeHash(low + split, high, read));
      high = low + split;
    } else {
      path.push(rangeHash(low, low + split, read));
      low += split;
      old -= split;
      whole = false;
    }
  }
  if (!whole) path.push(rangeHash(low, high, read));
  return path.reverse();
}

/** Root of a complete subtree by its leaves, of which there are a power of two. */
export function completeRoot(leaves: readonly Hash[]): Hash {
  let level: readonly Hash[] = leaves;
  while (level.length > 1) level = pairs(level);
  const [root] = level;
  if (root === undefined || !isPowerOfTwo(leaves.length)) throw new RangeError("The subtree is not complete.");
  return root;
}

export type Inclusion = {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly path: readonly Hash[];
  readonly root: Hash;
};

/** Whether a leaf stands at `index` of the tree with this root (RFC 9162 section 2.1.3.2). Never throws. */
export function verifyInclusion({ index, size, leaf, path, root }: Inclusion): boolean {
  if (!isPlace(index) || !isPlace(size) || index >= size || !areHashes([leaf, root], path)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const step of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(step, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else hash = nodeHash(hash, step);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(hash, root);
}

export type Consistency = {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Hash;
  readonly toRoot: Hash;
  readonly path: readonly Hash[];
};

/** Whether the smaller tree is the beginning of the larger one (RFC 9162 section 2.1.4.2). Never throws. */
export function verifyConsistency({ from, to, fromRoot, toRoot, path }: Consistency): boolean {
  if (!isPlace(from) || !isPlace(to) || from < 1 || from > to) return false;
  if (from === to) return path.length === 0 && sameHash(fromRoot, toRoot);
  if (!areHashes([fromRoot, toRoot], path)) return false;
  const steps = isPowerOfTwo(from) ? [fromRoot, ...path] : [...path];
  const [first, ...rest] = steps;
  if (first === undefined) return false;
  let [node, last] = [from - 1, to - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [older, newer] = [first, first];
  for (const step of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [older, newer] = [nodeHash(step, older), nodeHash(step, newer)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else newer = nodeHash(newer, step);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(older, fromRoot) && sameHash(newer, toRoot);
}

/** Hash of the leaves from `from` to `to` (exclusive): stored where they are a complete subtree, else put together. */
export function rangeHash(from: number, to: number, read: ReadNode): Hash {
  const size = to - from;
  if (isPowerOfTwo(size) && from % size === 0) return read(Math.log2(size), from / size);
  const middle = from + splitOf(size);
  return nodeHash(rangeHash(from, middle, read), rangeHash(middle, to, read));
}

/** The largest power of two below `size` (size > 1): where RFC 9162 divides a tree. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Whether two hashes are the same bytes. */
export function sameHash(a: Hash, b: Hash): boolean {
  return sameBytes(a, b);
}

/** Whether this is as long as a hash is. */
export function isHash({ length }: Hash): boolean {
  return length === HASH_BYTES;
}

/** Whether all are hashes and a path is no longer than any can be. */
function areHashes(ends: readonly Hash[], path: readonly Hash[]): boolean {
  return path.length <= PATH_MAX && ends.every(isHash) && path.every(isHash);
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size)) && 2 ** Math.log2(size) === size;
}

function isPlace(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function half(value: number): number {
  return Math.floor(value / 2);
}
