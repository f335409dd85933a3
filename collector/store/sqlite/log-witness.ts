import type { LogTable, StoredCosignature, StoredStamp } from "../store.ts";
import type { Engine } from "./engine.ts";

export const WITNESS_SQL = {
  addCosignature: `INSERT INTO log_cosignature (size, witness, made, line) VALUES (@size, @witness, @made, @line)
    ON CONFLICT (size, witness) DO UPDATE SET made = excluded.made, line = excluded.line`,
  cosignatures: "SELECT size, witness, made, line FROM log_cosignature WHERE size = ? ORDER BY witness",
  cosignedSize: "SELECT coalesce(max(size), 0) AS size FROM log_cosignature WHERE witness = ?",
  witnessed: `SELECT size FROM log_cosignature WHERE size <= @size UNION SELECT size FROM log_stamp WHERE size <= @size
    ORDER BY size DESC LIMIT @limit`,
  witnessedFrom: `SELECT min(size) AS size FROM (SELECT min(size) AS size FROM log_cosignature WHERE size >= @size
    UNION ALL SELECT min(size) FROM log_stamp WHERE size >= @size)`,
  addStamp: `INSERT INTO log_stamp (size, kind, authority, made, note, answer)
    VALUES (@size, @kind, @authority, @made, @note, @answer)
    ON CONFLICT (size, kind, authority) DO UPDATE SET made = excluded.made, note = excluded.note, answer = excluded.answer`,
  stamps: `SELECT size, kind, authority, made, note, answer FROM log_stamp WHERE size <= ?
    ORDER BY size DESC, kind, authority LIMIT ?`,
};

/** What others signed or stamped of the log's heads. */
export function witnessRows({
  db,
  run,
}: Engine): Pick<
  LogTable,
  "addCosignature" | "cosignatures" | "witnessed" | "witnessedFrom" | "cosignedSize" | "addStamp" | "stamps"
> {
  const addCosignature = db.prepare<[StoredCosignature]>(WITNESS_SQL.addCosignature);
  const cosignatures = db.prepare<[number], StoredCosignature>(WITNESS_SQL.cosignatures);
  const cosignedSize = db.prepare<[string], { size: number }>(WITNESS_SQL.cosignedSize);
  const witnessed = db.prepare<[{ size: number; limit: number }], { size: number }>(WITNESS_SQL.witnessed);
  const witnessedFrom = db.prepare<[{ size: number }], { size: number | null }>(WITNESS_SQL.witnessedFrom);
  const addStamp = db.prepare<[StoredStamp]>(WITNESS_SQL.addStamp);
  const stamps = db.prepare<[number, number], StoredStamp>(WITNESS_SQL.stamps);
  return {
    addCosignature: (cosignature) => run(() => void addCosignature.run(cosignature)),
    cosignatures: (size) => run(() => cosignatures.all(size)),
    cosignedSize: (witness) => run(() => cosignedSize.get(witness)?.size ?? 0),
    witnessed: (most, limit) => run(() => witnessed.all({ size: most, limit }).map(({ size }) => size)),
    witnessedFrom: (least) => run(() => witnessedFrom.get({ size: least })?.size ?? null),
    addStamp: (stamp) => run(() => void addStamp.run(stamp)),
    stamps: (most, limit) => run(() => stamps.all(most, limit)),
  };
}
