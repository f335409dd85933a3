import type { EpochMs } from "../../analysis/types.ts";
import { utc } from "../../time.ts";
import type { Db } from "../database.ts";
import type { DayTable } from "../store.ts";
import type { Engine } from "./engine.ts";

const DAY_MS = 86_400_000;
/** Days marked by one change; a presence of years is marked at its ends alone. */
const SPAN_MAX = 400;

export const DAY_CHANGE_SQL = {
  mark: `INSERT INTO day_change (day, changes) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET changes = changes + 1`,
  all: "SELECT day, changes FROM day_change ORDER BY day",
  fill: `INSERT INTO day_change (day, changes)
    SELECT CAST(floor(at / ${DAY_MS}.0) AS INTEGER) AS day, count(*) FROM entry WHERE target IS NOT NULL GROUP BY 1`,
};

/** Days of which measurements are stored, and how often they changed. */
export function dayTable({ db, run }: Engine): DayTable {
  const all = db.prepare<[], { day: number; changes: number }>(DAY_CHANGE_SQL.all);
  return {
    all: () => run(() => all.all().map(({ day, changes }) => ({ day: utc(day * DAY_MS).slice(0, 10), changes }))),
  };
}

/** Marks the days of some moments as changed, each once. For use inside the transaction that changes them. */
export function dayMarker(db: Db): (moments: readonly EpochMs[]) => void {
  const mark = db.prepare<[number]>(DAY_CHANGE_SQL.mark);
  return (moments) => {
    for (const day of new Set(moments.map((at) => Math.floor(at / DAY_MS)))) mark.run(day);
  };
}

/** A moment of each day that a window touches. */
export function momentsWithin(from: EpochMs, to: EpochMs): EpochMs[] {
  const days = Math.floor(to / DAY_MS) - Math.floor(from / DAY_MS);
  if (days > SPAN_MAX) return [from, to];
  return Array.from({ length: days + 1 }, (_, at) => from + at * DAY_MS).map((at) => Math.min(at, to));
}
