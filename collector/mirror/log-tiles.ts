import { completeRoot, type Hash, sameHash, treeRoot } from "../../protocol/merkle.ts";

const WIDTH = 256;
const HASH_BYTES = 32;

/** One tile of a log (C2SP tlog-tiles): its level, place and number of hashes. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** Every tile of a log of so many leaves, lowest level first. */
export function tilesOf(size: number): Tile[] {
  const tiles: Tile[] = [];
  for (let [level, count] = [0, size]; count > 0; level += 1, count = Math.floor(count / WIDTH)) {
    const full = Math.floor(count / WIDTH);
    for (let index = 0; index < full; index++) tiles.push({ level, index, width: WIDTH });
    if (count % WIDTH > 0) tiles.push({ level, index: full, width: count % WIDTH });
  }
  return tiles;
}

/** Path of a tile below the log's address, as C2SP tlog-tiles names it: `tile/0/x001/067` or `tile/0/000.p/5`. */
export function tilePath({ level, index, width }: Tile): string {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, "0")
    .match(/\d{3}/g);
  const parts = (groups ?? []).map((group, place, all) => (place < all.length - 1 ? `x${group}` : group));
  return `tile/${level}/${parts.join("/")}${width < WIDTH ? `.p/${width}` : ""}`;
}

/** Reads the bytes of a tile; null where it is not there. */
export type ReadTile = (tile: Tile) => Promise<Uint8Array | null>;

/**
 * The root of a log from its tiles, each of which is held against the level above it; a text says what does not hold.
 */
export async function rootOfTiles(size: number, read: ReadTile): Promise<Hash | string> {
  /** Roots of the full tiles, and the hashes of the last tile that is not full, by level. */
  const roots = new Map<number, Hash[]>();
  const partial = new Map<number, Hash[]>();
  for (const tile of tilesOf(size)) {
    const hashes = hashesOf(await read(tile), tile);
    if (hashes === null) return `${tilePath(tile)} is missing or not whole`;
    const below = roots.get(tile.level - 1) ?? [];
    const follows = (hash: Hash, at: number) => {
      const made = below[tile.index * WIDTH + at];
      return made !== undefined && sameHash(hash, made);
    };
    if (tile.level > 0 && !hashes.every(follows)) return `${tilePath(tile)} does not follow from the tiles below it`;
    if (tile.width < WIDTH) partial.set(tile.level, hashes);
    else added(roots, tile.level, completeRoot(hashes));
  }
  return treeRoot(size, (level, index) => {
    const height = Math.floor(level / 8);
    const leaves = 2 ** (level % 8);
    const from = (index * leaves) % WIDTH;
    return completeRoot((partial.get(height) ?? []).slice(from, from + leaves));
  });
}

function hashesOf(bytes: Uint8Array | null, { width }: Tile): Hash[] | null {
  if (bytes?.length !== width * HASH_BYTES) return null;
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

function added(roots: Map<number, Hash[]>, level: number, root: Hash): void {
  const row = roots.get(level) ?? [];
  row.push(root);
  roots.set(level, row);
}
