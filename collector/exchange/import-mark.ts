import { randomUUID } from "node:crypto";
import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Store } from "../store/store.ts";

const IMPORTED_KEY = "imported";
const TAKEN_KEY = "imported-taken";

/** Says that records received since `from` were added behind the back of an analysis; `token` names the import. */
const ImportMark = z.object({ from: z.number(), token: z.string() });
export type ImportMark = z.infer<typeof ImportMark>;

/** An import that the analysis has not taken in yet; null when there is none. */
export async function importWaiting({ state }: Pick<Store, "state">): Promise<ImportMark | null> {
  const mark = parseJson(ImportMark, (await state.get(IMPORTED_KEY)) ?? "null");
  if (!mark.ok) return null;
  return mark.value.token === (await state.get(TAKEN_KEY)) ? null : mark.value;
}

/** Asks the analysis, running now or later, to rebuild from `from` or from what an earlier import still waits for. */
export async function markImport(store: Pick<Store, "state">, from: EpochMs): Promise<void> {
  const waiting = await importWaiting(store);
  const mark: ImportMark = { from: Math.min(from, waiting?.from ?? from), token: randomUUID() };
  await store.state.set(IMPORTED_KEY, JSON.stringify(mark));
}

/** Says that the analysis has taken in the records of an import. */
export async function importTaken({ state }: Pick<Store, "state">, mark: ImportMark): Promise<void> {
  await state.set(TAKEN_KEY, mark.token);
}
