import type { EpochMs } from "../analysis/types.ts";
import type { Cursor, RowQuery } from "../store/store.ts";
import { windowOf } from "./query.ts";
import type { PublicRegion } from "./small-cells.ts";

const DEFAULT_DAYS = 7;
const DEFAULT_LIMIT = 100;

type Asked = {
  from?: number | undefined;
  to?: number | undefined;
  as_of?: number | undefined;
  region?: string | undefined;
  asn?: number | undefined;
  target?: string | undefined;
  limit?: number | undefined;
  cursor?: Cursor<number> | undefined;
};

/** A query over rows from what was asked; without a window, the last seven days. */
export function rowQuery(asked: Asked, now: EpochMs): RowQuery {
  return {
    ...windowOf(asked, (asked.as_of ?? now) + 1, DEFAULT_DAYS),
    asOf: asked.as_of ?? Number.MAX_SAFE_INTEGER,
    // Rows whose region is not told stand under their country: those are sought among all.
    region: asked.region?.includes("-") ? asked.region : null,
    asn: asked.asn ?? null,
    target: asked.target ?? null,
    after: asked.cursor ?? null,
    limit: asked.limit ?? DEFAULT_LIMIT,
  };
}

/** Cursor of the page after a full one; null when there can be no more. */
export function nextCursor<Row>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => Cursor<number>,
): string | null {
  const last = rows.at(-1);
  if (last === undefined || rows.length < limit) return null;
  const { at, id } = place(last);
  return `${at}-${id}`;
}

/** Whether a row is published under the region asked for; a page may hold fewer rows than its limit because of it. */
export function inPublicRegion(asked: string | undefined, regionOf: PublicRegion) {
  return ({ probe }: { probe: string }) => asked === undefined || regionOf(probe) === asked;
}
