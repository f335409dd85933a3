import { parseJson } from "../../../protocol/parse.ts";
import { Verdict } from "../../../protocol/verdict.ts";
import type { Judged } from "../../analysis/types.ts";
import { VERDICTS_KEY } from "../keys.ts";
import type { VerdictTable } from "../store.ts";
import { cellTable } from "./cell.ts";
import { dayMarker } from "./day-change.ts";
import type { Engine } from "./engine.ts";
import { latestTable } from "./latest.ts";
import { verdictLister } from "./verdict-list.ts";
import { type VerdictTally, verdictTallies } from "./verdict-rollup.ts";

export const VERDICT_SQL = {
  find: "SELECT id, target, asn, region, cell, measured, code, verdict, since FROM verdict WHERE probe = ? AND seq = ?",
  put: `INSERT INTO verdict (probe, seq, target, asn, region, cell, measured, code, verdict, since)
    VALUES (@probe, @seq, @target, @asn, @region, @cell, @measured, @code, @verdict, @since)
    ON CONFLICT (probe, seq) DO UPDATE SET target = excluded.target, asn = excluded.asn, region = excluded.region,
      cell = excluded.cell, measured = excluded.measured, code = excluded.code, verdict = excluded.verdict,
      since = excluded.since`,
  keep: `INSERT INTO verdict_past (verdict_id, probe, seq, target, asn, region, measured, code, verdict, since, until)
    SELECT id, probe, seq, target, asn, region, measured, code, verdict, since, @since FROM verdict
    WHERE probe = @probe AND seq = @seq`,
  of: "SELECT verdict FROM verdict WHERE probe = ? AND seq = ?",
  newest: "SELECT value FROM state WHERE key = ?",
  setNewest: "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
};

type Stored = Pick<Judged, "target" | "asn" | "region"> & {
  measured: number;
  cell: number;
  code: string;
  verdict: string;
};

/** Judgements by (probe, seq), what they were before, and the rollups of them. */
export function verdictTable(engine: Engine): VerdictTable {
  const { db, run } = engine;
  const of = db.prepare<[string, number], { verdict: string }>(VERDICT_SQL.of);
  const newest = db.prepare<[string], { value: string }>(VERDICT_SQL.newest);
  const setNewest = db.prepare<[string, string]>(VERDICT_SQL.setNewest);
  const latest = latestTable(engine);
  const tallies = verdictTallies(db);
  const putOne = verdictPutter(engine);
  const markDays = dayMarker(db);
  const lastChange = () => Number(newest.get(VERDICTS_KEY)?.value ?? 0);
  const putAll = db.transaction((judged: readonly Judged[], at: number) => {
    // Later than all before, whatever the clock does: so a moment read before this call never includes it.
    const since = Math.max(at, lastChange() + 1);
    const batch: Batch = { since, tally: tallies(), cells: new Map(), moments: [] };
    for (const one of judged) {
      putOne(one, batch);
      latest.put(one);
    }
    batch.tally.write();
    markDays(batch.moments);
    if (batch.moments.length > 0) setNewest.run(VERDICTS_KEY, String(since));
  });
  return {
    put: (judged, at = Date.now()) => run(() => putAll.immediate(judged, at)),
    lastChange: () => run(lastChange),
    list: verdictLister(engine, lastChange),
    of: (probe, seq) =>
      run(() => {
        const parsed = parseJson(Verdict, of.get(probe, seq)?.verdict ?? "null");
        return parsed.ok ? parsed.value : null;
      }),
    latest: (since) => run(() => latest.since(since)),
    latestTallies: (since, regions, target) => run(() => latest.tallies(since, regions, target)),
  };
}

/** What the verdicts of one transaction share. */
type Batch = {
  readonly since: number;
  readonly tally: VerdictTally;
  readonly cells: Map<string, number>;
  /** When what changed was measured. */
  readonly moments: number[];
};

/** Stores one verdict and counts it, unless it is there already. For use inside a transaction. */
function verdictPutter({ db }: Engine): (judged: Judged, batch: Batch) => void {
  const find = db.prepare<[string, number], Stored>(VERDICT_SQL.find);
  const put = db.prepare<[object]>(VERDICT_SQL.put);
  const keep = db.prepare<[object]>(VERDICT_SQL.keep);
  const cells = cellTable(db);
  const cellOf = ({ probe, asn, region }: Judged, known: Batch["cells"]) => {
    const name = `${probe} ${asn} ${region}`;
    const { role = "witness", access = null } = known.has(name) ? {} : (cells.partsOf(probe) ?? {});
    const cell = known.get(name) ?? cells.numberOf({ role, asn, region, access });
    known.set(name, cell);
    return cell;
  };
  return (judged, { since, tally, cells: known, moments }) => {
    const { probe, seq, target, asn, region, measuredAt: measured, verdict } = judged;
    const text = JSON.stringify(verdict);
    const before = find.get(probe, seq);
    if (
      before?.verdict === text &&
      before.measured === measured &&
      before.asn === asn &&
      before.region === region &&
      before.target === target
    )
      return;
    const cell = cellOf(judged, known);
    if (before !== undefined) {
      keep.run({ probe, seq, since });
      tally.remove({ ...before, probe });
      moments.push(before.measured);
    }
    put.run({ probe, seq, target, asn, region, cell, measured, code: verdict.code, verdict: text, since });
    tally.add({ probe, target, cell, measured, code: verdict.code });
    moments.push(measured);
  };
}
