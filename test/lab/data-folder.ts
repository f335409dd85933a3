import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CodedError } from "../../protocol/coded-error.ts";
import type { UndoList } from "./net/undo-list.ts";

/**
 * The folder that takes a run's data and logs: the one given, which must be empty or new and stays, else a temporary one
 * that goes with the run. Throws `cannot_write`.
 */
export async function dataFolder(keepData: string | null, prefix: string, undo: UndoList): Promise<string> {
  if (keepData !== null) {
    const folder = resolve(keepData);
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw new CodedError("cannot_write", `The folder '${folder}' cannot be made.`, { cause: error });
    });
    if ((await readdir(folder)).length > 0)
      throw new CodedError("cannot_write", `The folder '${folder}' is not empty; a run needs one of its own.`);
    return folder;
  }
  const folder = await mkdtemp(join(tmpdir(), prefix));
  undo.add(folder, () => rm(folder, { recursive: true, force: true }));
  return folder;
}
