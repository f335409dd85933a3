import type { EntryKind } from "../../protocol/records/entry.ts";
import type { VerdictCode } from "../../protocol/verdict.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Window } from "./window.ts";

/** Place in an ordered listing: rows come after (`at`, `id`). */
export type Cursor<Id> = { readonly at: EpochMs; readonly id: Id };

/** The place after every row. */
export const CURSOR_END: Cursor<number> = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

/** Further conditions; one that is left out holds for every row. */
export type RowFilter = {
  readonly targets?: readonly string[] | undefined;
  readonly probes?: readonly string[] | undefined;
  /** Network under which a verdict was made. */
  readonly asn?: number | undefined;
  readonly kinds?: readonly EntryKind[] | undefined;
  readonly codes?: readonly VerdictCode[] | undefined;
};

export type RowQuery = Window & {
  readonly target: string | null;
  readonly asOf: EpochMs;
  /** Highest id of a row, so that what arrives between two pages is in neither. */
  readonly upTo?: number | undefined;
  readonly after: Cursor<number> | null;
  readonly limit: number;
  readonly filter?: RowFilter | undefined;
};

/**
 * Rows of a page, newest first. `next` is where the following page begins; null when there is none. A page ends after so
 * many rows have been looked at, whether they fit or not: it may hold fewer than its limit and still have a next.
 */
export type Page<Row> = { readonly rows: Row[]; readonly next: Cursor<number> | null };
