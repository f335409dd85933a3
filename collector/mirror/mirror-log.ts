import { verifierText } from "../../protocol/note.ts";
import type { Reader } from "../api/reader.ts";
import { logIdentity } from "../evidence/log-identity.ts";
import type { Bounds } from "./crawl.ts";
import { tilePath, tilesOf } from "./log-tiles.ts";
import type { Shelf } from "./shelf.ts";

/** Where the log lies in a mirror: under its old address. */
export const LOG_FOLDER = "api/v1/log";
const HASH_BYTES = 32;
/** Most of a mirror's room that the log may take. */
const SHARE = 0.5;

export type MirroredLog = {
  readonly size: number;
  /** The signed head, with the lines of witnesses. */
  readonly checkpoint: string;
  readonly key: string;
  /** False: its tiles found no room. */
  readonly whole: boolean;
};

/** Puts the newest signed head of the log into a mirror, its key, and all tiles of hashes below it. */
export async function mirrorLog(
  { store }: Pick<Reader, "store">,
  shelf: Shelf,
  bounds: Bounds,
): Promise<MirroredLog | null> {
  const { log } = store;
  const head = await log.checkpoint();
  if (head === null) return null;
  const checkpoint = head.note + (await log.cosignatures(head.size)).map(({ line }) => line).join("");
  const key = `${verifierText((await logIdentity(store)).verifier)}\n`;
  await shelf.put(`${LOG_FOLDER}/checkpoint`, checkpoint);
  await shelf.put(`${LOG_FOLDER}/key`, key);
  const tiles = tilesOf(head.size);
  const bytes = tiles.reduce((sum, { width }) => sum + width * HASH_BYTES, 0);
  const whole = bytes <= bounds.bytes * SHARE && tiles.length <= bounds.files * SHARE;
  if (!whole) return { size: head.size, checkpoint, key, whole };
  for (const tile of tiles) {
    const hashes = await log.tile(tile.level, tile.index, tile.width);
    await shelf.put(`${LOG_FOLDER}/${tilePath(tile)}`, Buffer.concat(hashes));
  }
  return { size: head.size, checkpoint, key, whole };
}
