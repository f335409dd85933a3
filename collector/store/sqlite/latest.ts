import type { VerdictCode } from "../../../protocol/verdict.ts";
import type { Judged } from "../../analysis/types.ts";
import type { LatestRow, LatestTally } from "../store.ts";
import type { Engine } from "./engine.ts";

/** Counted where they lie: as rows there are tens of thousands, and making those takes longer than the rest of a page. */
const tallies = (more: string) =>
  `SELECT latest.target, latest.asn, place.value, latest.code, count(*), max(latest.measured)
   FROM json_each(?) AS place JOIN latest ON latest.probe = place.key
   WHERE latest.measured >= ?${more} GROUP BY 1, 2, 3, 4`;

export const LATEST_SQL = {
  put: `INSERT INTO latest (probe, target, seq, asn, region, measured, code) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (probe, target) DO UPDATE SET seq = excluded.seq, asn = excluded.asn, region = excluded.region,
      measured = excluded.measured, code = excluded.code
    WHERE excluded.measured >= latest.measured`,
  since: "SELECT probe, target, asn, region, measured, code FROM latest WHERE measured >= ?",
  tallies: tallies(""),
  talliesOfTarget: tallies(" AND latest.target = ?"),
};

type Raw = [
  probe: string,
  target: string,
  asn: number | null,
  region: string | null,
  measured: number,
  code: VerdictCode,
];

type RawTally = [
  target: string,
  asn: number | null,
  region: string | null,
  code: VerdictCode,
  probes: number,
  last: number,
];

/** Rollup: the latest verdict of each probe on each target. For use inside the verdict table's transactions. */
export function latestTable({ db }: Engine) {
  const put = db.prepare(LATEST_SQL.put);
  // Lists instead of objects: there are tens of thousands of rows, and they are made in a third of the time.
  const since = db.prepare<[number], Raw>(LATEST_SQL.since).raw();
  const all = db.prepare<[string, number], RawTally>(LATEST_SQL.tallies).raw();
  const ofTarget = db.prepare<[string, number, string], RawTally>(LATEST_SQL.talliesOfTarget).raw();
  return {
    put: ({ probe, target, seq, asn, region, measuredAt, verdict }: Judged) =>
      void put.run(probe, target, seq, asn, region, measuredAt, verdict.code),
    since: (at: number) => since.all(at).map(rowOf),
    tallies: (at: number, regions: ReadonlyMap<string, string | null>, target?: string) => {
      const places = JSON.stringify(Object.fromEntries(regions));
      return (target === undefined ? all.all(places, at) : ofTarget.all(places, at, target)).map(tallyOf);
    },
  };
}

function tallyOf([target, asn, region, code, probes, last]: RawTally): LatestTally {
  return { target, asn, region, code, probes, last };
}

function rowOf([probe, target, asn, region, measured, code]: Raw): LatestRow {
  return { probe, target, asn, region, measured, code };
}
