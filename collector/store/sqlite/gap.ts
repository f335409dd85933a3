import type { Window } from "../store.ts";
import type { GapTable } from "../world-tables.ts";
import type { Engine } from "./engine.ts";
import { PRESENCE_ROLLUP_SQL, presenceRollup } from "./presence-rollup.ts";

export const GAP_SQL = {
  add: "INSERT INTO gap (from_at, to_at) VALUES (?, ?) ON CONFLICT (from_at) DO UPDATE SET to_at = excluded.to_at",
  within: PRESENCE_ROLLUP_SQL.gaps,
};

/** Times in which this collector did not run. */
export function gapTable({ db, run }: Engine): GapTable {
  const add = db.prepare<[number, number]>(GAP_SQL.add);
  const within = db.prepare<[number, number], Window>(GAP_SQL.within);
  const rollup = presenceRollup(db);
  const addOne = db.transaction((gap: Window) => {
    add.run(gap.from, gap.to);
    rollup.recount(gap);
  });
  return {
    add: (gap) => run(() => addOne.immediate(gap)),
    within: ({ from, to }) => run(() => within.all(from, to)),
  };
}
