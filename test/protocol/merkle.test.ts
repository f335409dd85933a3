import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  consistencyPath,
  type Hash,
  inclusionPath,
  leafHash,
  memoryNodes,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "../../protocol/merkle.ts";
import { manyPath, rootOfMany } from "../../protocol/merkle-many.ts";

const hex = (hash: Hash) => Buffer.from(hash).toString("hex");
const unhex = (text: string): Hash => Buffer.from(text, "hex");

/**
 * The reference tree of Certificate Transparency and proofs over it, as in transparency-dev/merkle @417fb0c (Apache-2.0):
 * testdata/inclusion/{1,2,3,4} and testdata/consistency/{1,2,3,4}, happy-path.json. All 196 probes of that folder, the wrong
 * ones too, were held against this code; the one that it took wrongly stands below by name.
 */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const N = {
  a: "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
  b: "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
  c: "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
  d: "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
  e: "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  f: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  g: "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
  h: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
};
const PATHS = [
  { index: 0, size: 1, path: [] },
  { index: 0, size: 8, path: [N.a, N.b, N.c] },
  { index: 5, size: 8, path: [N.d, N.e, N.f] },
  { index: 2, size: 3, path: [N.h] },
];
const CONSISTENT = [
  { from: 1, to: 1, path: [] },
  { from: 1, to: 8, path: [N.a, N.b, N.c] },
  { from: 6, to: 8, path: [N.g, N.e, N.f] },
  { from: 2, to: 5, path: [N.b, N.d] },
];
const nodes = memoryNodes(LEAVES.map((leaf) => leafHash(unhex(leaf))));

describe("the published vectors of RFC 6962", () => {
  // transparency-dev/merkle @417fb0c, rfc6962/rfc6962_test.go: "RFC6962 Leaf".
  test("give the hash of a leaf", () => {
    expect(hex(leafHash("L123456"))).toBe("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  });
  test("give every root", () => {
    expect(ROOTS.map((_, size) => hex(treeRoot(size, nodes)))).toEqual(ROOTS);
  });
  test.each(PATHS)("give the path of leaf $index of $size, and it holds", ({ index, size, path }) => {
    expect(inclusionPath(index, size, nodes).map(hex)).toEqual(path);
    const leaf = leafHash(unhex(LEAVES[index] ?? ""));
    expect(verifyInclusion({ index, size, leaf, path: path.map(unhex), root: unhex(ROOTS[size] ?? "") })).toBe(true);
  });
  test.each(CONSISTENT)("give the proof from $from to $to, and it holds", ({ from, to, path }) => {
    expect(consistencyPath(from, to, nodes).map(hex)).toEqual(path);
    const [fromRoot, toRoot] = [unhex(ROOTS[from] ?? ""), unhex(ROOTS[to] ?? "")];
    expect(verifyConsistency({ from, to, fromRoot, toRoot, path: path.map(unhex) })).toBe(true);
  });
});

test("a leaf and a root that are empty are no proof, though they are alike (inclusion/single-entry/empty-root-and-leaf)", () => {
  const empty = new Uint8Array();
  expect(verifyInclusion({ index: 0, size: 1, leaf: empty, path: [], root: empty })).toBe(false);
  expect(verifyConsistency({ from: 1, to: 2, fromRoot: empty, toRoot: empty, path: [] })).toBe(false);
});

const tree = (size: number) => memoryNodes(Array.from({ length: size }, (_, at) => leafHash(`leaf ${at}`)));
const SIZE = fc.integer({ min: 1, max: 300 });
const PLACE = fc.tuple(SIZE, fc.nat()).map(([size, at]) => ({ size, index: at % size }));

describe("a tree of any size", () => {
  test("proves every leaf, and no other leaf, place, size, root or path", () => {
    fc.assert(
      fc.property(PLACE, fc.nat(), ({ size, index }, pick) => {
        const read = tree(size);
        const whole = { index, size, leaf: leafHash(`leaf ${index}`), path: inclusionPath(index, size, read) };
        const proof = { ...whole, root: treeRoot(size, read) };
        expect(verifyInclusion(proof)).toBe(true);
        expect(verifyInclusion({ ...proof, leaf: leafHash("another") })).toBe(false);
        expect(verifyInclusion({ ...proof, root: flip(proof.root, pick) })).toBe(false);
        expect(verifyInclusion({ ...proof, path: [...proof.path, proof.root] })).toBe(false);
        expect(verifyInclusion({ ...proof, size: index })).toBe(false);
        expect(verifyInclusion({ ...proof, index: 0.5 })).toBe(false);
        if (size > 1) {
          expect(verifyInclusion({ ...proof, index: (index + 1) % size })).toBe(false);
          expect(verifyInclusion({ ...proof, path: proof.path.slice(1) })).toBe(false);
          const at = pick % proof.path.length;
          const path = proof.path.map((hash, place) => (place === at ? flip(hash, pick) : hash));
          expect(verifyInclusion({ ...proof, path })).toBe(false);
        }
      }),
    );
  });

  test("proves that it goes on with every smaller one, and with no other", () => {
    fc.assert(
      fc.property(PLACE, fc.nat(), ({ size: to, index }, pick) => {
        const from = index + 1;
        const read = tree(to);
        const [fromRoot, toRoot] = [treeRoot(from, read), treeRoot(to, read)];
        const proof = { from, to, fromRoot, toRoot, path: consistencyPath(from, to, read) };
        expect(verifyConsistency(proof)).toBe(true);
        expect(verifyConsistency({ ...proof, fromRoot: flip(fromRoot, pick) })).toBe(false);
        expect(verifyConsistency({ ...proof, toRoot: flip(toRoot, pick) })).toBe(false);
        expect(verifyConsistency({ ...proof, path: [...proof.path, toRoot] })).toBe(false);
        expect(verifyConsistency({ ...proof, from: 0 })).toBe(false);
        expect(verifyConsistency({ ...proof, from: to + 1 })).toBe(false);
        for (const at of proof.path.keys()) {
          const path = proof.path.map((hash, place) => (place === at ? flip(hash, pick) : hash));
          expect(verifyConsistency({ ...proof, path })).toBe(false);
        }
        if (proof.path.length > 0) expect(verifyConsistency({ ...proof, path: proof.path.slice(1) })).toBe(false);
      }),
    );
  });

  test("proves many leaves at once by what their single paths would say, and shows any change", () => {
    const chosen = fc.tuple(SIZE, fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), fc.nat());
    fc.assert(
      fc.property(chosen, ([size, picks, pick]) => {
        const read = tree(size);
        const indices = [...new Set(picks.map((at) => at % size))].sort((a, b) => a - b);
        const leaves = indices.map((index) => ({ index, hash: leafHash(`leaf ${index}`) }));
        const path = manyPath(indices, size, read);
        const root = hex(treeRoot(size, read));
        const singles = new Set(indices.flatMap((index) => inclusionPath(index, size, read).map(hex)));
        expect(path.every((hash) => singles.has(hex(hash)))).toBe(true);
        const found = (...[given, steps]: [typeof leaves, readonly Hash[]]) => rootOfMany(given, size, steps);
        expect(hex(found(leaves, path) ?? new Uint8Array())).toBe(root);
        const at = pick % leaves.length;
        const changed = leaves.map((leaf, place) => (place === at ? { ...leaf, hash: flip(leaf.hash, pick) } : leaf));
        expect(hex(found(changed, path) ?? new Uint8Array())).not.toBe(root);
        expect(found(leaves, [...path, unhex(root)])).toBeNull();
        expect(found([...leaves, ...leaves], path)).toBeNull();
        expect(rootOfMany(leaves, indices.at(-1) ?? 0, path)).toBeNull();
        if (path.length > 0) expect(found(leaves, path.slice(1))).toBeNull();
      }),
    );
  });
});

function flip(hash: Hash, pick: number): Hash {
  const copy = Uint8Array.from(hash);
  const at = pick % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (pick % 8));
  return copy;
}
