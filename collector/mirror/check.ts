import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { openCheckpoint } from "../../protocol/checkpoint.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import { sameHash } from "../../protocol/merkle.ts";
import { readVerifier } from "../../protocol/note.ts";
import { rootOfTiles, tilePath } from "./log-tiles.ts";
import { LOG_FOLDER } from "./mirror-log.ts";
import { INDEX_FILE, readIndex } from "./place.ts";
import { MANIFEST_FILE, manifestText } from "./texts.ts";

const FAULTS_MAX = 20;

/** What a check found: the log's size where its root follows from the tiles, and all that does not hold. */
export type Checked = { readonly files: number; readonly logSize: number | null; readonly faults: readonly string[] };

/** Checks a mirror offline: each file by its hash, none too few or too many, and the log. Error: `bad_input` for none. */
export async function checkMirror(folder: string): Promise<Checked> {
  const index = await readIndex(folder);
  if (index === null)
    throw new CodedError("bad_input", `${folder} holds no mirror: ${INDEX_FILE} is missing or damaged.`);
  const there = new Set(await filesIn(folder));
  const faults: string[] = [];
  for (const [file, { sha256 }] of Object.entries(index.files)) {
    if (!there.delete(file)) faults.push(`${file} is missing`);
    else if ((await hashOf(join(folder, file))) !== sha256) faults.push(`${file} was changed`);
  }
  const manifest = await readFile(join(folder, MANIFEST_FILE), "utf8").catch(() => "");
  if (manifest !== manifestText(index.files)) faults.push(`${MANIFEST_FILE} is not that of this mirror`);
  for (const file of there)
    if (file !== MANIFEST_FILE && file !== INDEX_FILE) faults.push(`${file} does not belong to it`);
  const log = await checkLog(folder);
  const all = typeof log === "string" ? [...faults, log] : faults;
  return {
    files: Object.keys(index.files).length,
    logSize: typeof log === "number" ? log : null,
    faults: all.length > FAULTS_MAX ? [...all.slice(0, FAULTS_MAX), `and ${all.length - FAULTS_MAX} more`] : all,
  };
}

/** Leaves of the log, if its root follows from the tiles and its head is signed; what does not hold; null: no log is here. */
async function checkLog(folder: string): Promise<number | string | null> {
  const read = (file: string) => readFile(join(folder, LOG_FOLDER, file));
  const note = await read("checkpoint").catch(() => null);
  if (note === null) return null;
  const key = readVerifier((await read("key").catch(() => "")).toString().trim());
  const head = key === null ? null : openCheckpoint(note.toString("utf8"), key);
  if (head === null) return "The head of the log is not signed by its key.";
  const tiles = await readdir(join(folder, LOG_FOLDER, "tile")).catch(() => null);
  if (tiles === null && head.size > 0) return null;
  const root = await rootOfTiles(head.size, (tile) => read(tilePath(tile)).catch(() => null));
  if (typeof root === "string") return `The log: ${root}.`;
  return sameHash(root, head.root) ? head.size : "The root of the log does not follow from its tiles.";
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
