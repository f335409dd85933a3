import { CURSOR_END, type RowQuery } from "../rows.ts";
import type { EntryTable, MeasurementRow } from "../store.ts";
import type { Engine } from "./engine.ts";
import { among, scan } from "./scan.ts";

const COLUMNS = `e.id, e.probe, e.seq, e.received, e.kind, e.target, e.at, e.text, e.hash, p.asn, p.region`;
const FROM = "FROM entry e JOIN probe p ON p.id = e.probe";

/** Newest first, without the texts. The target is the one condition that decides which index serves. */
const scanWhere = (target: string) => `SELECT id, at, probe, seq, received, kind, target FROM entry
    WHERE target ${target} AND at >= @from AND at < @to AND (at, id) < (@cursorAt, @cursorId)
    ORDER BY at DESC, id DESC`;

export const MEASUREMENT_SQL = {
  scan: scanWhere("IS NOT NULL"),
  scanOf: scanWhere("= @target"),
  row: `SELECT ${COLUMNS} ${FROM} WHERE e.id = ?`,
  at: `SELECT ${COLUMNS} ${FROM} WHERE e.target IS NOT NULL AND e.at = ?`,
  codeOf: "SELECT code FROM verdict WHERE probe = ? AND seq = ?",
  lastId: "SELECT coalesce(max(id), 0) AS id FROM entry",
};

type Narrow = Pick<MeasurementRow, "id" | "at" | "probe" | "seq" | "received" | "kind"> & { target: string };

/** Reads entries that are measurements. */
export function measurementReader({ db, run }: Engine): Pick<EntryTable, "measurements" | "measurement" | "lastId"> {
  const scanAll = db.prepare<[object], Narrow>(MEASUREMENT_SQL.scan);
  const scanTarget = db.prepare<[object], Narrow>(MEASUREMENT_SQL.scanOf);
  const row = db.prepare<[number], MeasurementRow>(MEASUREMENT_SQL.row);
  const at = db.prepare<[number], MeasurementRow>(MEASUREMENT_SQL.at);
  const lastId = db.prepare<[], { id: number }>(MEASUREMENT_SQL.lastId);
  const wantedBy = conditions(db);
  const page = db.transaction((query: RowQuery) => {
    const statement = query.target === null ? scanAll : scanTarget;
    const { kept, next } = scan(statement.iterate(scanParameters(query)), query.limit, wantedBy(query));
    return { rows: kept.flatMap(({ id }) => row.get(id) ?? []), next };
  });
  return {
    measurements: (query) => run(() => page(query)),
    measurement: (when, hash) => run(() => at.all(when).find((one) => one.hash.startsWith(hash)) ?? null),
    lastId: () => run(() => lastId.get()?.id ?? 0),
  };
}

/** Named parameters of a scan; an absent cursor lies beyond every row. */
export function scanParameters({ from, to, target, after }: RowQuery): object {
  const { at: cursorAt, id: cursorId } = after ?? CURSOR_END;
  return { from, to, cursorAt, cursorId, ...(target !== null && { target }) };
}

function conditions(db: Engine["db"]): (query: RowQuery) => (row: Narrow) => boolean {
  const codeOf = db.prepare<[string, number], { code: string }>(MEASUREMENT_SQL.codeOf);
  return ({ asOf, upTo = Number.MAX_SAFE_INTEGER, filter = {} }) => {
    const [target, probe, kind] = [among(filter.targets), among(filter.probes), among(filter.kinds)];
    const code = among<string>(filter.codes);
    return (row) =>
      row.received <= asOf &&
      row.id <= upTo &&
      target(row.target) &&
      probe(row.probe) &&
      kind(row.kind) &&
      (filter.codes === undefined || code(codeOf.get(row.probe, row.seq)?.code ?? ""));
  };
}
