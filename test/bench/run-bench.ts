import { dataFolder } from "../lab/data-folder.ts";
import { runPrefix } from "../lab/net/run-prefix.ts";
import { createUndoList, type UndoList } from "../lab/net/undo-list.ts";
import { preflight } from "../lab/preflight.ts";

/** What a benchmark is given: names and a folder of its own, and where it remembers what to take down. */
export type Ground = { prefix: string; folder: string; undo: UndoList; say: (text: string) => void };

/**
 * Runs one benchmark as this process: builds up, takes everything down whatever happens, and sets the exit code: 0 when
 * all goals are met, 1 when one is missed, 70 when it broke.
 */
export async function runBench(bench: (ground: Ground) => Promise<boolean>): Promise<void> {
  const undo = createUndoList();
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  const stop = (name: string) => void undo.close().then(() => process.exit(name === "SIGINT" ? 130 : 143));
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop(name));
  try {
    const prefix = runPrefix();
    await preflight(prefix, "all");
    const folder = await dataFolder(null, prefix, undo);
    process.exitCode = (await bench({ prefix, folder, undo, say })) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 70;
  } finally {
    for (const problem of await undo.close()) process.stderr.write(`could not be removed: ${problem}\n`);
  }
}
