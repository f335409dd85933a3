import { existsSync, rmSync } from "node:fs";
import { numberedPath, numbersOf } from "../data-folder.ts";
import { openAsIs } from "../journal/database.ts";
import { prepareRows } from "../journal/rows.ts";

/**
 * Erases an earlier key and what was saved under it. Of damaged files of which parts could not be read the newest stays,
 * for whoever can read more of it.
 */
export function retire(folder: string, number: number): void {
  const saved = numberedPath(folder, "saved", number);
  if (!hasHoles(saved)) removeDamaged(folder, number);
  rmSync(saved, { force: true });
  rmSync(numberedPath(folder, "identity", number), { force: true });
  const needed = numbersOf(folder, "identity");
  const done = numbersOf(folder, "damaged").filter((one) => !needed.includes(one));
  for (const old of done.slice(0, -1)) removeDamaged(folder, old);
}

function removeDamaged(folder: string, number: number): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(numberedPath(folder, "damaged", number) + end, { force: true });
}

function hasHoles(path: string): boolean {
  if (!existsSync(path)) return false;
  const saved = openAsIs(path);
  try {
    const rows = prepareRows(saved);
    const from = Math.max(rows.firstSeq() ?? 1, 1);
    const count = saved.prepare<[], { count: number }>("SELECT count(*) AS count FROM entry").get()?.count ?? 0;
    return count < rows.head().seq - from + 1 || count === 0;
  } finally {
    saved.close();
  }
}
