import { type Hash, isHash, nodeHash, type ReadNode, rangeHash, splitOf } from "./merkle.ts";

/** A leaf and where it stands. */
export type PlacedLeaf = { readonly index: number; readonly hash: Hash };

/**
 * One proof for many leaves: the hashes of the largest subtrees that hold none of `indices` (sorted, no repetition), from
 * left to right. It is the union of their inclusion paths (RFC 9162 section 2.1.3.1) without what the leaves
 * themselves give: for a run of neighbours two paths are enough.
 */
export function manyPath(indices: readonly number[], size: number, read: ReadNode): Hash[] {
  const path: Hash[] = [];
  walk(0, size, indices, 0, {
    leaf: () => undefined,
    gap: (from, to) => void path.push(rangeHash(from, to, read)),
    join: () => undefined,
  });
  return path;
}

/** The root that leaves (sorted by index) and a proof of {@link manyPath} give; null when they do not fit together. */
export function rootOfMany(leaves: readonly PlacedLeaf[], size: number, path: readonly Hash[]): Hash | null {
  const indices = leaves.map(({ index }) => index);
  if (!isSortedWithin(indices, size) || !path.every(isHash) || !leaves.every(({ hash }) => isHash(hash))) return null;
  let used = 0;
  const stack: (Hash | undefined)[] = [];
  walk(0, size, indices, 0, {
    leaf: (place) => void stack.push(leaves[place]?.hash),
    gap: () => void stack.push(path[used++]),
    join: () => {
      const [right, left] = [stack.pop(), stack.pop()];
      stack.push(left === undefined || right === undefined ? undefined : nodeHash(left, right));
    },
  });
  return used === path.length ? (stack[0] ?? null) : null;
}

type Visitor = {
  /** A leaf that is among the indices, at this place of the list. */
  leaf: (place: number) => void;
  gap: (from: number, to: number) => void;
  join: () => void;
};

/** Goes over the tree from left to right; returns the place of the first index at or beyond `to`. */
function walk(from: number, to: number, indices: readonly number[], place: number, visitor: Visitor): number {
  const next = indices[place];
  if (next === undefined || next >= to) {
    visitor.gap(from, to);
    return place;
  }
  if (to - from === 1) {
    visitor.leaf(place);
    return place + 1;
  }
  const middle = from + splitOf(to - from);
  const after = walk(from, middle, indices, place, visitor);
  const end = walk(middle, to, indices, after, visitor);
  visitor.join();
  return end;
}

function isSortedWithin(indices: readonly number[], size: number): boolean {
  if (!Number.isSafeInteger(size) || size < 1) return false;
  return indices.every((index, place) => {
    const before = indices[place - 1] ?? -1;
    return Number.isSafeInteger(index) && index > before && index < size;
  });
}
