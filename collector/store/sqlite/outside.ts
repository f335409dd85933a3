import type { NewOutside, OutsideImport, OutsideTable } from "../admin-tables.ts";
import type { Engine } from "./engine.ts";

const COLUMNS = "id, source, address, licence, retrieved, sha256, size";

export const OUTSIDE_SQL = {
  add: `INSERT INTO outside_import (source, address, licence, retrieved, sha256, size, body)
    VALUES (@source, @address, @licence, @retrieved, @sha256, @size, @body) ON CONFLICT (source, sha256) DO NOTHING`,
  addSeries: "INSERT INTO outside_series (import, from_at, to_at, series) VALUES (?, ?, ?, ?)",
  within: `SELECT outside_series.id AS seriesId, series, ${COLUMNS.split(", ").map((name) => `outside_import.${name}`)}
    FROM outside_series JOIN outside_import ON outside_import.id = outside_series.import
    WHERE to_at >= ? AND from_at < ? ORDER BY retrieved DESC, outside_series.id LIMIT ?`,
  imports: `SELECT ${COLUMNS} FROM outside_import ORDER BY retrieved DESC, id DESC LIMIT ?`,
  body: `SELECT ${COLUMNS}, body FROM outside_import WHERE id = ?`,
  remove: "DELETE FROM outside_import WHERE id = ?",
};

type SeriesRow = OutsideImport & { seriesId: number; series: string };

/** Series of other projects, with the bytes they came in. */
export function outsideTable({ db, run }: Engine): OutsideTable {
  const add = db.prepare<[object]>(OUTSIDE_SQL.add);
  const addSeries = db.prepare<[number, number, number, string]>(OUTSIDE_SQL.addSeries);
  const within = db.prepare<[number, number, number], SeriesRow>(OUTSIDE_SQL.within);
  const imports = db.prepare<[number], OutsideImport>(OUTSIDE_SQL.imports);
  const body = db.prepare<[number], OutsideImport & { body: Buffer }>(OUTSIDE_SQL.body);
  const remove = db.prepare<[number]>(OUTSIDE_SQL.remove);
  const addAll = db.transaction(({ series, ...outside }: NewOutside) => {
    const { changes, lastInsertRowid } = add.run({ ...outside, body: Buffer.from(outside.body) });
    if (changes === 0) return false;
    for (const { from, to, text } of series) addSeries.run(Number(lastInsertRowid), from, to, text);
    return true;
  });
  return {
    add: (outside) => run(() => addAll.immediate(outside)),
    within: ({ from, to }, limit) =>
      run(() =>
        within.all(from, to, limit).map(({ seriesId, series, ...row }) => ({ id: seriesId, series, import: row })),
      ),
    imports: (limit) => run(() => imports.all(limit)),
    body: (id) =>
      run(() => {
        const row = body.get(id);
        if (row === undefined) return null;
        const { body: bytes, ...rest } = row;
        return { import: rest, body: bytes };
      }),
    remove: (id) => run(() => remove.run(id).changes > 0),
  };
}
