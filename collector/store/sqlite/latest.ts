import type { Judged } from "../../analysis/types.ts";
import type { LatestRow } from "../store.ts";
import type { Engine } from "./engine.ts";

export const LATEST_SQL = {
  put: `INSERT INTO latest (probe, target, seq, asn, region, measured, code) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (probe, target) DO UPDATE SET seq = excluded.seq, asn = excluded.asn, region = excluded.region,
      measured = excluded.measured, code = excluded.code
    WHERE excluded.measured >= latest.measured`,
  since: "SELECT probe, target, asn, region, measured, code FROM latest WHERE measured >= ?",
};

/** Rollup: the latest verdict of each probe on each target. For use inside the verdict table's transactions. */
export function latestTable({ db }: Engine) {
  const put = db.prepare(LATEST_SQL.put);
  const since = db.prepare<[number], LatestRow>(LATEST_SQL.since);
  return {
    put: ({ probe, target, seq, asn, region, measuredAt, verdict }: Judged) =>
      void put.run(probe, target, seq, asn, region, measuredAt, verdict.code),
    since: (at: number) => since.all(at),
  };
}
