import { parseJson } from "../../../protocol/parse.ts";
import { Verdict } from "../../../protocol/verdict.ts";
import type { Judged } from "../../analysis/types.ts";
import type { LatestRow, VerdictRow, VerdictTable } from "../store.ts";
import type { Engine } from "./engine.ts";
import { rowQueryParameters } from "./entry.ts";
import { latestTable } from "./latest.ts";

const listWhere = (target: string) => `SELECT id, probe, seq, target, asn, region, measured, verdict FROM verdict
    WHERE target ${target} AND measured >= @from AND measured < @to AND (measured, id) < (@cursorAt, @cursorId)
      AND (@asn IS NULL OR asn = @asn) AND (@region IS NULL OR region = @region)
    ORDER BY measured DESC, id DESC LIMIT @limit`;

export const VERDICT_SQL = {
  put: `INSERT INTO verdict (probe, seq, target, asn, region, measured, code, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (probe, seq) DO UPDATE SET target = excluded.target, asn = excluded.asn, region = excluded.region,
      measured = excluded.measured, code = excluded.code, verdict = excluded.verdict
    WHERE excluded.verdict IS NOT verdict.verdict OR excluded.measured IS NOT verdict.measured
      OR excluded.asn IS NOT verdict.asn OR excluded.region IS NOT verdict.region`,
  of: "SELECT verdict FROM verdict WHERE probe = ? AND seq = ?",
  list: listWhere("IS NOT NULL"),
  listOf: listWhere("= @target"),
};

type Row = Omit<VerdictRow, "measuredAt" | "verdict"> & { measured: number; verdict: string };

/** Judgements by (probe, seq), and the rollup of the latest one a probe and target. */
export function verdictTable(engine: Engine): VerdictTable {
  const { db, run } = engine;
  const put = db.prepare(VERDICT_SQL.put);
  const list = db.prepare<[object], Row>(VERDICT_SQL.list);
  const listOf = db.prepare<[object], Row>(VERDICT_SQL.listOf);
  const of = db.prepare<[string, number], { verdict: string }>(VERDICT_SQL.of);
  const latest = latestTable(engine);
  const putAll = db.transaction((judged: readonly Judged[]) => {
    for (const one of judged) {
      const { probe, seq, target, asn, region, measuredAt, verdict } = one;
      put.run(probe, seq, target, asn, region, measuredAt, verdict.code, JSON.stringify(verdict));
      latest.put(one);
    }
  });
  return {
    put: (judged) => run(() => putAll.immediate(judged)),
    list: (query) =>
      run(() => (query.target === null ? list : listOf).all(rowQueryParameters(query)).flatMap(verdictRow)),
    of: (probe, seq) =>
      run(() => {
        const parsed = parseJson(Verdict, of.get(probe, seq)?.verdict ?? "null");
        return parsed.ok ? parsed.value : null;
      }),
    latest: (since) => run((): LatestRow[] => latest.since(since)),
  };
}

/** None where the text cannot be read any more: verdicts are derived and made again. */
function verdictRow({ measured, verdict, ...row }: Row): VerdictRow[] {
  const parsed = parseJson(Verdict, verdict);
  return parsed.ok ? [{ ...row, measuredAt: measured, verdict: parsed.value }] : [];
}
