import { expect } from "vitest";
import type { Db } from "../../../collector/store/database.ts";
import { rebuildRollups } from "../../../collector/store/sqlite/rebuild-rollups.ts";

const TABLES = {
  verdict_hour: "start, target, role, asn, region, access, code",
  verdict_day: "start, target, role, asn, region, access, code",
  presence_count: "grain, role, asn, region, access, start",
};

/** Every count that is stored, by what it counts and not by the numbers of cells. */
function counts(db: Db): object {
  const rows = Object.entries(TABLES).map(([table, key]) => [
    table,
    db.prepare(`SELECT t.*, c.* FROM ${table} t JOIN cell c ON c.cell = t.cell ORDER BY ${key}`).all(),
  ]);
  return Object.fromEntries(rows);
}

/** Checks that the rollups are what counting everything again gives. Changes nothing. */
export function expectRecounted(db: Db): void {
  const kept = counts(db);
  db.exec("BEGIN");
  try {
    rebuildRollups(db);
    expect(kept).toEqual(counts(db));
  } finally {
    db.exec("ROLLBACK");
  }
}
