import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { CodedError, errorCode } from "../protocol/coded-error.ts";

/** Every file the probe keeps, by what it is. Nothing else is ever written on the volunteer's host. */
export const FILES = {
  identity: "identity.pem",
  /** How the key is made of a passphrase; there where the folder was joined with one. */
  vault: "vault.json",
  membership: "membership.json",
  config: "config.json",
  journal: "journal.sqlite",
  journalWal: "journal.sqlite-wal",
  journalShm: "journal.sqlite-shm",
  lock: "running.sqlite",
  /** The latest sign of life, written in place each heartbeat. */
  sign: "alive",
  /** Whether the journal was last left open or closed; it is there once a journal was. */
  recorded: "recorded",
  /** Why the journal must be set aside at the next opening, and how far that has come. */
  recover: "recover",
  recovery: "recovery.json",
  /** Flags that one command leaves for the running probe. */
  paused: "paused",
  stop: "stop",
} as const;
export type FileName = keyof typeof FILES;

/** Path of one of the probe's files in its data folder. */
export function pathOf(folder: string, name: FileName): string {
  return join(folder, FILES[name]);
}

/** Files that there may be several of, numbered from 1: what is left of journals that were set aside, and their keys. */
const NUMBERED = {
  identity: ["identity-", ".pem"],
  damaged: ["journal-damaged-", ".sqlite"],
  saved: ["journal-saved-", ".sqlite"],
} as const;
export type NumberedName = keyof typeof NUMBERED;

/** Path of a numbered file in the data folder. */
export function numberedPath(folder: string, name: NumberedName, number: number): string {
  return join(folder, NUMBERED[name].join(String(number)));
}

/** The numbers of a kind that are there, ascending; none where there is no folder. */
export function numbersOf(folder: string, name: NumberedName): number[] {
  const [before, after] = NUMBERED[name];
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((file) => file.startsWith(before) && file.endsWith(after))
    .map((file) => Number(file.slice(before.length, -after.length)))
    .filter((number) => Number.isSafeInteger(number) && number > 0)
    .sort((a, b) => a - b);
}

/** Whether a file of the folder is a numbered one of ours, its companions of SQLite included. */
export function isNumbered(file: string): boolean {
  return /^(?:identity-\d+\.pem|journal-(?:damaged|saved)-\d+\.sqlite)(?:-wal|-shm|-journal|\.new)*$/.test(file);
}

/** Makes the data folder, open to its owner only (0700). Throws `cannot_write`. */
export function makeFolder(folder: string): void {
  try {
    makePath(folder);
    chmodSync(folder, 0o700);
  } catch (error) {
    throw storageError(error, folder);
  }
}

/** Step by step: Node's own recursive mkdir never returns where the kernel answers ENOENT below a folder that exists (/proc). */
function makePath(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makePath(parent);
  mkdirSync(folder, { mode: 0o700 });
}

/** Text of a file, or null when it does not exist. Throws `io`. */
export function readText(folder: string, name: FileName): string | null {
  return readTextAt(pathOf(folder, name), folder);
}

/** Text of a file at a path within the folder, or null when it does not exist. Throws `io`. */
export function readTextAt(path: string, folder: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw storageError(error, folder);
  }
}

/** Replaces a file whole (written beside, synced, renamed), readable by its owner only (0600). Throws `cannot_write` or `io`. */
export function writeText(folder: string, name: FileName, text: string): void {
  writeTextAt(pathOf(folder, name), folder, text);
}

/** As {@link writeText}, at a path within the folder. */
export function writeTextAt(path: string, folder: string, text: string): void {
  const fresh = `${path}.new`;
  try {
    const file = openSync(fresh, "w", 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw storageError(error, folder);
  }
}

/** Whether a flag is set; one `stat`, cheap enough for every second. */
export function hasFlag(folder: string, name: FileName): boolean {
  return existsSync(pathOf(folder, name));
}

/** Removes a file if it is there. Throws `cannot_write`. */
export function removeFile(folder: string, name: FileName): void {
  try {
    rmSync(pathOf(folder, name), { force: true });
  } catch (error) {
    throw storageError(error, folder);
  }
}

/** An error of the file system or of SQLite as one of ours, naming the folder and what to do: `cannot_write` or `io`. */
export function storageError(error: unknown, folder: string): CodedError {
  if (error instanceof CodedError) return error;
  const code = errorCode(error) ?? "";
  if (code === "ENOSPC" || code === "EDQUOT" || code === "SQLITE_FULL")
    return coded("io", `The disk that holds ${folder} is full. Free some space, then start again.`, error);
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code))
    return coded(
      "io",
      `The journal in ${folder} is damaged. The next 'kuager probe run' sets it aside, saves what can be read of it, and goes on.`,
      error,
    );
  if (/^SQLITE_(?:CANTOPEN|READONLY|PERM|AUTH)|^E(?:ACCES|PERM|ROFS|NOTDIR|NOENT|EXIST|ISDIR|LOOP)$/.test(code))
    return coded("cannot_write", `The folder ${folder} cannot be written (${code}). ${HOW_TO_CHOOSE}`, error);
  return coded("io", `Reading or writing in ${folder} failed (${code || String(error)}). Check the disk.`, error);
}

const HOW_TO_CHOOSE = "Make it yours, or choose another with --data DIR or KUAGER_DATA.";

function coded(code: string, message: string, cause: unknown): CodedError {
  return new CodedError(code, message, { cause });
}
