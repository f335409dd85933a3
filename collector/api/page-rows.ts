import type { EpochMs } from "../analysis/types.ts";
import { type PageCursor, packCursor } from "./cursor.ts";

export const DEFAULT_LIMIT = 100;

type Place = { readonly at: EpochMs; readonly id: string };

/**
 * A page of rows that are all at hand, in the order `down` (newest first) or `up`. Rows come after the cursor's place,
 * whatever was added or taken away meanwhile.
 */
export function pageOfRows<Row>(
  rows: readonly Row[],
  parts: {
    readonly order: "down" | "up";
    readonly place: (row: Row) => Place;
    readonly limit: number | undefined;
    readonly cursor: PageCursor | undefined;
    readonly asOf: EpochMs;
  },
): { rows: Row[]; next: string | null } {
  const { order, place, limit = DEFAULT_LIMIT, cursor, asOf } = parts;
  const sign = order === "down" ? -1 : 1;
  const compare = (a: Place, b: Place) => sign * (a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const sorted = [...rows].sort((a, b) => compare(place(a), place(b)));
  const after = cursor === undefined ? null : { at: cursor.at, id: String(cursor.id) };
  const left = after === null ? sorted : sorted.filter((row) => compare(place(row), after) > 0);
  const page = left.slice(0, limit);
  const last = page.at(-1);
  const more = left.length > page.length && last !== undefined;
  return { rows: page, next: more ? packCursor({ ...place(last), asOf, upTo: 0 }) : null };
}
