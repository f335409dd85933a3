import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { FILES, isNumbered, storageError } from "./data-folder.ts";

/** Largest file that is overwritten whole; flash media keep old copies anyway, and speed matters more. */
const OVERWRITE_BYTES = 64 * 1024 * 1024;

/**
 * Erases the probe's own files in a folder: overwritten as well as the medium allows, then deleted, the key first. The
 * folder goes too when nothing else is in it. Returns how many files went. Throws `cannot_write` or `io`.
 */
export function eraseAll(folder: string): number {
  if (!existsSync(folder)) return 0;
  try {
    const own = new Set<string>(Object.values(FILES).flatMap((name) => [name, `${name}.new`, `${name}-journal`]));
    const found = readdirSync(folder).filter((name) => own.has(name) || isNumbered(name));
    const isKey = (name: string) => name.endsWith(".pem");
    const keyFirst = found.sort((a, b) => Number(isKey(b)) - Number(isKey(a)));
    for (const name of keyFirst) eraseFile(join(folder, name));
    if (readdirSync(folder).length === 0) removeEmpty(folder);
    return keyFirst.length;
  } catch (error) {
    throw storageError(error, folder);
  }
}

/** An empty folder says nothing; one that is a volume of its own, as in a container, cannot be removed. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It stays, empty.
  }
}

function eraseFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    const size = Math.min(fstatSync(file).size, OVERWRITE_BYTES);
    const noise = randomBytes(64 * 1024);
    for (let at = 0; at < size; at += noise.length) writeSync(file, noise, 0, Math.min(noise.length, size - at), at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(path);
}
