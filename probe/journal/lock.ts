import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { makeFolder, pathOf, storageError } from "../data-folder.ts";
import { openLockFile } from "./database.ts";

export type Lock = { close: () => void };

/**
 * Takes the data folder for this process: an exclusive lock of SQLite on a file of its own, which the kernel lets go
 * when the process ends, however it ends. Throws `try_later` when another probe has it, `cannot_write` or `io`.
 */
export function takeLock(folder: string): Lock {
  const lock = tryLock(folder);
  if (lock !== null) return lock;
  throw new CodedError(
    "try_later",
    `A probe is already running with the data folder ${folder}. Stop it first, or give this one another --data DIR.`,
  );
}

/** Takes the lock, waiting up to `waitMs` for the running probe to let go; null when it does not. */
export async function waitForLock(folder: string, waitMs: number): Promise<Lock | null> {
  const endsAt = performance.now() + waitMs;
  for (;;) {
    const lock = tryLock(folder);
    if (lock !== null || performance.now() >= endsAt) return lock;
    await sleep(100);
  }
}

/** Whether a probe runs on this data folder now. */
export function isRunning(folder: string): boolean {
  if (!existsSync(pathOf(folder, "lock"))) return false;
  const database = openLockFile(folder, 0);
  try {
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    return false;
  } catch (error) {
    return errorCode(error)?.startsWith("SQLITE_BUSY") ?? false;
  } finally {
    database.close();
  }
}

function tryLock(folder: string): Lock | null {
  makeFolder(folder);
  const database = openLockFile(folder, 500);
  try {
    database.exec("BEGIN EXCLUSIVE");
    return { close: () => database.close() };
  } catch (error) {
    database.close();
    if (errorCode(error)?.startsWith("SQLITE_BUSY")) return null;
    throw storageError(error, folder);
  }
}
