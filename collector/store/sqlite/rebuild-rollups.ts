import type { Db } from "../database.ts";
import { VERDICTS_KEY } from "../keys.ts";
import { cellTable } from "./cell.ts";
import { presenceRollup } from "./presence-rollup.ts";
import { type Counted, verdictTallies } from "./verdict-rollup.ts";

const PAGE = 20_000;

export const REBUILD_SQL = {
  presences: "SELECT DISTINCT probe FROM presence WHERE cell IS NULL",
  setPresence: "UPDATE presence SET cell = ? WHERE probe = ? AND cell IS NULL",
  places: "SELECT DISTINCT probe, asn, region FROM verdict WHERE cell IS NULL",
  setVerdicts: `UPDATE verdict SET cell = ?,
      since = coalesce((SELECT received FROM entry e WHERE e.probe = verdict.probe AND e.seq = verdict.seq), 0)
    WHERE cell IS NULL AND probe = ? AND asn IS ? AND region IS ?`,
  verdicts: `SELECT id, probe, target, cell, measured, code FROM verdict
    WHERE (measured, id) > (?, ?) ORDER BY measured, id LIMIT ${PAGE}`,
  newest: `INSERT INTO state (key, value) SELECT '${VERDICTS_KEY}', max(since) FROM verdict HAVING count(*) > 0
    ON CONFLICT (key) DO NOTHING`,
  clear: "DELETE FROM verdict_hour; DELETE FROM verdict_day; DELETE FROM presence_count;",
};

/** Makes all rollups anew from what is stored. For use inside a transaction. */
export function rebuildRollups(db: Db): void {
  db.exec(REBUILD_SQL.clear);
  placeRows(db);
  countVerdicts(db);
  presenceRollup(db).recount({ from: 0, to: Number.MAX_SAFE_INTEGER });
}

/** Rows from before the rollups get the cell that their probe has now, and verdicts the time of their record. */
function placeRows(db: Db): void {
  const cells = cellTable(db);
  const setPresence = db.prepare<[number, string]>(REBUILD_SQL.setPresence);
  for (const { probe } of db.prepare<[], { probe: string }>(REBUILD_SQL.presences).all()) {
    const parts = cells.partsOf(probe);
    if (parts !== null) setPresence.run(cells.numberOf(parts), probe);
  }
  type Place = { probe: string; asn: number | null; region: string | null };
  const setVerdicts = db.prepare<[number, string, number | null, string | null]>(REBUILD_SQL.setVerdicts);
  for (const { probe, asn, region } of db.prepare<[], Place>(REBUILD_SQL.places).all()) {
    const { role, access } = cells.partsOf(probe) ?? { role: "witness" as const, access: null };
    setVerdicts.run(cells.numberOf({ role, asn, region, access }), probe, asn, region);
  }
  db.exec(REBUILD_SQL.newest);
}

/** In the order of measuring, so that each count is written few times. */
function countVerdicts(db: Db): void {
  const read = db.prepare<[number, number], Counted & { id: number }>(REBUILD_SQL.verdicts);
  const tallies = verdictTallies(db);
  for (let after = { measured: -Number.MAX_SAFE_INTEGER, id: 0 }; ; ) {
    const page = read.all(after.measured, after.id);
    const last = page.at(-1);
    if (last === undefined) return;
    const tally = tallies();
    for (const verdict of page) tally.add(verdict);
    tally.write();
    after = last;
  }
}
