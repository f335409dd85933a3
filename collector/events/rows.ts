import type { WorldEvent } from "../../protocol/event.ts";

/** A row that was not taken, and why. */
export type RefusedRow = { readonly line: number; readonly problem: string };

/** What a file of events holds. */
export type EventRows = { readonly events: readonly WorldEvent[]; readonly refused: readonly RefusedRow[] };

/** One row read: an event, or what is wrong with it. */
export type Row = { readonly event: WorldEvent } | { readonly problems: readonly string[] };

/** Puts rows together; of rows with one id the last stands. */
export function collected(rows: readonly { line: number; row: Row }[]): EventRows {
  const events = new Map<string, WorldEvent>();
  const refused: RefusedRow[] = [];
  for (const { line, row } of rows)
    if ("event" in row) events.set(row.event.id, row.event);
    else refused.push(...row.problems.map((problem) => ({ line, problem })));
  return { events: [...events.values()], refused };
}
