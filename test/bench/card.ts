import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { UndoList } from "../lab/net/undo-list.ts";

/** A file system of its own, as on an SD card, whose device counts what reaches it: the journal of ext4 included. */
export type Card = { folder: string; writtenBytes: () => number };

const SECTOR_BYTES = 512;
const SIZE_MIB = 256;
/** Where an image costs no disk. */
const MEMORY = "/dev/shm";

/** Makes a card of ext4 over a loop device and mounts it below `folder`; null where the machine has no loop devices. */
export function insertCard(folder: string, undo: UndoList): Card | null {
  const own = mkdtempSync(join(MEMORY, "kuager-card-"));
  undo.add("the card's image", async () => rmSync(own, { recursive: true, force: true }));
  const image = join(own, "card");
  const place = join(folder, "card");
  mkdirSync(place);
  try {
    run("truncate", "-s", `${SIZE_MIB}M`, image);
    run("mkfs.ext4", "-q", "-b", "4096", image);
    run("mount", "-o", "loop", image, place);
  } catch {
    return null;
  }
  undo.add("the card", async () => void run("umount", place));
  const device = basename(run("findmnt", "-n", "-o", "SOURCE", place).trim());
  const writtenBytes = () => {
    // What waits in memory is written first: the card is asked for all that was meant for it.
    run("sync", "-f", place);
    const fields = readFileSync(`/sys/block/${device}/stat`, "utf8").trim().split(/\s+/);
    return Number(fields[6]) * SECTOR_BYTES;
  };
  return { folder: place, writtenBytes };
}

function run(program: string, ...words: string[]): string {
  return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
