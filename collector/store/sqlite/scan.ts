import type { Cursor } from "../rows.ts";

/** Rows looked at for one page: what bounds the time of a page whose conditions few rows meet. */
export const SCAN_MAX = 5000;

type Placed = { readonly at: number; readonly id: number };

/** Takes up to `limit` rows that are wanted, and tells where to go on; null where the rows have ended. */
export function scan<Row extends Placed>(
  rows: Iterable<Row>,
  limit: number,
  wanted: (row: Row) => boolean,
): { kept: Row[]; next: Cursor<number> | null } {
  const kept: Row[] = [];
  let seen = 0;
  for (const row of rows) {
    seen += 1;
    if (wanted(row)) kept.push(row);
    if (kept.length >= limit || seen >= SCAN_MAX) return { kept, next: { at: row.at, id: row.id } };
  }
  return { kept, next: null };
}

/** Whether a value is among those asked for; nothing asked means any. */
export function among<T>(asked: readonly T[] | undefined): (value: T) => boolean {
  if (asked === undefined) return () => true;
  const set = new Set(asked);
  return (value) => set.has(value);
}
