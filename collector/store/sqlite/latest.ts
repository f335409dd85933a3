import type { VerdictCode } from "../../../protocol/verdict.ts";
import type { Judged } from "../../analysis/types.ts";
import type { LatestRow } from "../store.ts";
import type { Engine } from "./engine.ts";

export const LATEST_SQL = {
  put: `INSERT INTO latest (probe, target, seq, asn, region, measured, code) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (probe, target) DO UPDATE SET seq = excluded.seq, asn = excluded.asn, region = excluded.region,
      measured = excluded.measured, code = excluded.code
    WHERE excluded.measured >= latest.measured`,
  since: "SELECT probe, target, asn, region, measured, code FROM latest WHERE measured >= ?",
  ofTarget: "SELECT probe, target, asn, region, measured, code FROM latest WHERE measured >= ? AND target = ?",
};

type Raw = [
  probe: string,
  target: string,
  asn: number | null,
  region: string | null,
  measured: number,
  code: VerdictCode,
];

/** Rollup: the latest verdict of each probe on each target. For use inside the verdict table's transactions. */
export function latestTable({ db }: Engine) {
  const put = db.prepare(LATEST_SQL.put);
  // Lists instead of objects: there are tens of thousands of rows, and they are made in a third of the time.
  const since = db.prepare<[number], Raw>(LATEST_SQL.since).raw();
  const ofTarget = db.prepare<[number, string], Raw>(LATEST_SQL.ofTarget).raw();
  return {
    put: ({ probe, target, seq, asn, region, measuredAt, verdict }: Judged) =>
      void put.run(probe, target, seq, asn, region, measuredAt, verdict.code),
    since: (at: number, target?: string) =>
      (target === undefined ? since.all(at) : ofTarget.all(at, target)).map(rowOf),
  };
}

function rowOf([probe, target, asn, region, measured, code]: Raw): LatestRow {
  return { probe, target, asn, region, measured, code };
}
