import { chmodSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readCheckpoint } from "../../protocol/checkpoint.ts";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Hash, leafHash, memoryNodes, nodeHash, sameHash, treeRoot } from "../../protocol/merkle.ts";
import { type Db, makeWhole, openCopy, openDatabase, stored } from "./database.ts";
import { copiedLeaves, copiedNode, hasTable } from "./sqlite/copied-leaves.ts";
import { TILE_LEVELS } from "./sqlite/log-writer.ts";

/** What a copy holds that was read back whole. */
export type CheckedCopy = { readonly entries: number; readonly leaves: number; readonly checkpoint: string | null };

/** All pages at once: a copy made piece by piece begins anew whenever the collector writes. */
const ALL_PAGES = 0x7fffffff;

const SQL = {
  checkpoint: "SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1",
  entries: "SELECT count(*) AS count FROM entry",
};

/**
 * Copies the database of a collector, which may be serving, as it is at one moment, and reads the copy back. The file
 * appears under its name only when it holds. Errors: `cannot_write` where a file of that name is, `io`, `bad_input` when
 * the copy does not hold.
 */
export async function backupTo(folder: string, file: string): Promise<CheckedCopy> {
  if (existsSync(file)) throw new CodedError("cannot_write", `${file} is there already. Name another file.`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const db = await openDatabase(join(folder, "collector.db"));
  try {
    await copy(db, part);
    await makeWhole(part);
    const checked = await checkCopy(part);
    renameSync(part, file);
    return checked;
  } finally {
    db.close();
    for (const rest of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(rest, { force: true });
  }
}

async function copy(db: Db, part: string): Promise<void> {
  try {
    await db.backup(part, { progress: () => ALL_PAGES });
    chmodSync(part, 0o600);
  } catch (error) {
    // What SQLite could not write is told by the same words as anywhere else.
    stored(part, () => {
      throw error;
    });
  }
}

/**
 * Reads a copy back: SQLite's own check, every entry against its leaf of the log, and the log against its signed head.
 * Error: `bad_input` naming what does not hold.
 */
export async function checkCopy(file: string): Promise<CheckedCopy> {
  if (!existsSync(file))
    throw new CodedError("bad_input", `${file}: there is no such file. Name a copy that was made.`);
  try {
    return await readBack(file);
  } catch (error) {
    const code = errorCode(error);
    // A file that was cut off, is empty, or is no database at all.
    if (code === "SQLITE_CORRUPT" || code === "SQLITE_NOTADB" || code === "SQLITE_ERROR")
      throw damaged(file, "it is no whole database of a collector");
    throw error;
  }
}

async function readBack(file: string): Promise<CheckedCopy> {
  const db = await openCopy(file);
  try {
    const verdict = db.pragma("quick_check(1)", { simple: true });
    if (verdict !== "ok") throw damaged(file, String(verdict));
    const { count } = db.prepare<[], { count: number }>(SQL.entries).get() ?? { count: 0 };
    // A copy of the schema before the log (003-log.sql).
    if (!hasTable(db, "log_checkpoint")) return { entries: count, leaves: 0, checkpoint: null };
    const head = db.prepare<[], { size: number; note: string }>(SQL.checkpoint).get() ?? null;
    const { leaves, root } = rootOf(db, file, head?.size ?? 0);
    const checkpoint = head === null ? null : readCheckpoint(head.note);
    if (head !== null && (checkpoint === null || root === null || !sameHash(checkpoint.root, root)))
      throw damaged(file, `the log does not have the root that was signed for its first ${head.size} leaves`);
    if (count !== leaves) throw damaged(file, `${count} entries, but ${leaves} leaves in the log`);
    return { entries: count, leaves, checkpoint: head?.note ?? null };
  } finally {
    db.close();
  }
}

/** Number of leaves, and the root over the first `size` of them (RFC 9162, 2.1.1); null when there are not so many. */
function rootOf(db: Db, file: string, size: number): { leaves: number; root: Hash | null } {
  const stored = copiedNode(db);
  const peaks: (Hash | null)[] = [];
  let leaves = 0;
  let root: Hash | null = size === 0 ? treeRoot(0, memoryNodes([])) : null;
  for (const { leaf, hash, text } of copiedLeaves(db)) {
    if (text === null || leaf !== leaves || !sameHash(leafHash(text), hash))
      throw damaged(file, `entry ${leaf + 1} is not the one that stands in the log`);
    leaves += 1;
    for (const { level, node } of addPeak(peaks, hash)) {
      const kept = level % TILE_LEVELS === 0 ? stored(level / TILE_LEVELS, leaves / 2 ** level - 1) : node;
      if (kept === null || !sameHash(kept, node))
        throw damaged(file, `the hash that the log keeps of its ${2 ** level} leaves to ${leaves} is another one`);
    }
    if (leaves === size) root = foldPeaks(peaks);
  }
  return { leaves, root };
}

/** Joins a leaf to the roots of whole subtrees, one a level, as when counting in twos. Returns those that it completes. */
function addPeak(peaks: (Hash | null)[], leaf: Hash): readonly { readonly level: number; readonly node: Hash }[] {
  const made: { level: number; node: Hash }[] = [];
  let [carry, level] = [leaf, 0];
  for (let left = peaks[level] ?? null; left !== null; left = peaks[level] ?? null) {
    carry = nodeHash(left, carry);
    peaks[level] = null;
    level += 1;
    made.push({ level, node: carry });
  }
  peaks[level] = carry;
  return made;
}

function foldPeaks(peaks: readonly (Hash | null)[]): Hash | null {
  return peaks.reduce((right, left) => (left === null ? right : right === null ? left : nodeHash(left, right)), null);
}

function damaged(file: string, what: string): CodedError {
  return new CodedError("bad_input", `${file} does not hold: ${what}.`);
}
