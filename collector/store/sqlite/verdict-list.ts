import { parseJson } from "../../../protocol/parse.ts";
import { Verdict } from "../../../protocol/verdict.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { RowQuery } from "../rows.ts";
import type { VerdictRow, VerdictTable } from "../store.ts";
import type { Engine } from "./engine.ts";
import { scanParameters } from "./measurement.ts";
import { among, scan } from "./scan.ts";

const FAR = Number.MAX_SAFE_INTEGER;

const where = (target: string, id: string) => `target ${target} AND measured >= @from AND measured < @to
      AND (measured, ${id}) < (@cursorAt, @cursorId)`;
const NARROW = "probe, target, asn, measured AS at, code, since";

const nowWhere = (target: string) => `SELECT id, 0 AS past, ${NARROW}, ${FAR} AS until FROM verdict
    WHERE ${where(target, "id")}`;
/** With what verdicts were before: of one verdict at most one row stands at any moment. */
const everWhere = (target: string) => `${nowWhere(target)}
    UNION ALL
    SELECT verdict_id AS id, id AS past, ${NARROW}, until FROM verdict_past
    WHERE ${where(target, "verdict_id")}`;
const ORDER = "ORDER BY at DESC, id DESC";

const rowOf = (table: string) => `SELECT v.probe, v.seq, v.target, v.asn, v.region, v.measured, v.verdict,
    coalesce(e.hash, '') AS record, coalesce(e.at, v.measured) AS at
    FROM ${table} v LEFT JOIN entry e ON e.probe = v.probe AND e.seq = v.seq WHERE v.id = ?`;

export const VERDICT_LIST_SQL = {
  now: `${nowWhere("IS NOT NULL")} ${ORDER}`,
  nowOf: `${nowWhere("= @target")} ${ORDER}`,
  ever: `${everWhere("IS NOT NULL")} ${ORDER}`,
  everOf: `${everWhere("= @target")} ${ORDER}`,
  row: rowOf("verdict"),
  pastRow: rowOf("verdict_past"),
};

type Narrow = { id: number; past: number; since: EpochMs; until: EpochMs; at: EpochMs } & {
  probe: string;
  target: string;
  asn: number | null;
  code: string;
};
type Row = Omit<VerdictRow, "id" | "measuredAt" | "verdict"> & { measured: number; verdict: string };

/** Lists verdicts as they were at a moment; `lastChange` tells from when on nothing has been different. */
export function verdictLister({ db, run }: Engine, lastChange: () => EpochMs): VerdictTable["list"] {
  const scans = {
    now: db.prepare<[object], Narrow>(VERDICT_LIST_SQL.now),
    nowOf: db.prepare<[object], Narrow>(VERDICT_LIST_SQL.nowOf),
    ever: db.prepare<[object], Narrow>(VERDICT_LIST_SQL.ever),
    everOf: db.prepare<[object], Narrow>(VERDICT_LIST_SQL.everOf),
  };
  const row = db.prepare<[number], Row>(VERDICT_LIST_SQL.row);
  const pastRow = db.prepare<[number], Row>(VERDICT_LIST_SQL.pastRow);
  const list = db.transaction((query: RowQuery) => {
    const now = query.asOf >= lastChange();
    const [all, ofTarget] = now ? [scans.now, scans.nowOf] : [scans.ever, scans.everOf];
    const statement = query.target === null ? all : ofTarget;
    const { kept, next } = scan(statement.iterate(scanParameters(query)), query.limit, conditions(query));
    const rows = kept.flatMap(({ id, past }) => verdictRow(id, past === 0 ? row.get(id) : pastRow.get(past)));
    return { rows, next };
  });
  return (query) => run(() => list(query));
}

function conditions({ asOf, filter = {} }: RowQuery): (row: Narrow) => boolean {
  const [target, probe, code] = [among(filter.targets), among(filter.probes), among<string>(filter.codes)];
  return (row) =>
    row.since <= asOf &&
    row.until > asOf &&
    target(row.target) &&
    probe(row.probe) &&
    code(row.code) &&
    (filter.asn === undefined || row.asn === filter.asn);
}

/** None where the text cannot be read any more: verdicts are derived and made again. */
function verdictRow(id: number, row: Row | undefined): VerdictRow[] {
  if (row === undefined) return [];
  const { measured, verdict, ...rest } = row;
  const parsed = parseJson(Verdict, verdict);
  return parsed.ok ? [{ ...rest, id, measuredAt: measured, verdict: parsed.value }] : [];
}
