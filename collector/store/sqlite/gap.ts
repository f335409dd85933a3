import type { Window } from "../store.ts";
import type { GapTable } from "../world-tables.ts";
import type { Engine } from "./engine.ts";

export const GAP_SQL = {
  add: "INSERT INTO gap (from_at, to_at) VALUES (?, ?) ON CONFLICT (from_at) DO UPDATE SET to_at = excluded.to_at",
  within: `SELECT from_at AS "from", to_at AS "to" FROM gap WHERE to_at >= ? AND from_at < ? ORDER BY from_at`,
};

/** Times in which this collector did not run. */
export function gapTable({ db, run }: Engine): GapTable {
  const add = db.prepare<[number, number]>(GAP_SQL.add);
  const within = db.prepare<[number, number], Window>(GAP_SQL.within);
  return {
    add: ({ from, to }) => run(() => void add.run(from, to)),
    within: ({ from, to }) => run(() => within.all(from, to)),
  };
}
