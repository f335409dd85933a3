import { CodedError } from "../../../protocol/coded-error.ts";
import { VerdictCode } from "../../../protocol/verdict.ts";
import type { Db } from "../database.ts";
import type { CellLabels, Dimension, VerdictCount, VerdictCountQuery } from "../rollups.ts";
import { type CellRow, cellTable, isWithin, labelsOf } from "./cell.ts";
import { DAY_MS, HOUR_MS } from "./verdict-rollup.ts";
import { unpackWho, type Who } from "./who.ts";

const GRAIN_MS = { hour: HOUR_MS, day: DAY_MS };

const sqlOf = (table: string) => ({
  all: `SELECT start, target, cell, code, n, who FROM ${table} WHERE start >= ? AND start < ? LIMIT ?`,
  // One step into the table for each hour or day: a target's rows do not lie together.
  ofTarget: `SELECT v.start, v.target, v.cell, v.code, v.n, v.who FROM json_each(?) s CROSS JOIN ${table} v
    ON v.start = s.value AND v.target = ? LIMIT ?`,
});

export const VERDICT_COUNTS_SQL = { hour: sqlOf("verdict_hour"), day: sqlOf("verdict_day") };

type Row = { start: number; target: string; cell: number; code: string; n: number; who: Uint8Array };
type Group = {
  labels: Omit<VerdictCount, "count" | "probes" | "code">;
  code: string;
  count: number;
  whos: Uint8Array[];
};

/** Reads the rollup of verdicts, added up by what is asked for. */
export function verdictCounts(db: Db): (query: VerdictCountQuery) => VerdictCount[] {
  const cells = cellTable(db);
  const readers = { hour: rowReader(db, "hour"), day: rowReader(db, "day") };
  return (query) => {
    const { grain, by, rowsMax } = query;
    const rows = readers[grain](query);
    if (rows.length > rowsMax)
      throw new CodedError(
        "too_much",
        "The question covers too many counts. Ask for a shorter time or for one target.",
      );
    const chosen = new Map(cells.all().flatMap((cell) => (isWithin(cell, query) ? [[cell.cell, cell]] : [])));
    const groups = new Map<string, Group>();
    const named = namerOf(by);
    for (const row of rows) {
      const cell = chosen.get(row.cell);
      if (cell === undefined) continue;
      const name = named(row, cell);
      const group = groups.get(name);
      if (group === undefined) groups.set(name, groupOf(row, cell, query));
      else {
        group.count += row.n;
        group.whos.push(row.who);
      }
    }
    return [...groups.values()].map(counted);
  };
}

function rowReader(db: Db, grain: VerdictCountQuery["grain"]): (query: VerdictCountQuery) => Row[] {
  const all = db.prepare<[number, number, number], Row>(VERDICT_COUNTS_SQL[grain].all);
  const ofTarget = db.prepare<[string, string, number], Row>(VERDICT_COUNTS_SQL[grain].ofTarget);
  return ({ from, to, target, rowsMax }) => {
    const [first, end] = [Math.floor(from / GRAIN_MS[grain]), Math.ceil(to / GRAIN_MS[grain])];
    if (target === null) return all.all(first, end, rowsMax + 1);
    if (end - first > rowsMax) throw new CodedError("too_much", "The question covers too long a time.");
    return ofTarget.all(
      JSON.stringify(Array.from({ length: end - first }, (_, at) => first + at)),
      target,
      rowsMax + 1,
    );
  };
}

/** A name of the group that a row belongs to. */
function namerOf(by: VerdictCountQuery["by"]): (row: Row, cell: CellRow) => string {
  const [byStart, byTarget] = [by.includes("start"), by.includes("target")];
  const dimensions = dimensionsOf(by);
  return (row, cell) =>
    `${row.code}\n${byStart ? row.start : ""}\n${byTarget ? row.target : ""}\n${dimensions.map((one) => cell[one]).join("\n")}`;
}

function groupOf({ start, target, code, n, who }: Row, cell: CellRow, { by, grain }: VerdictCountQuery): Group {
  const labels: CellLabels & { start?: number; target?: string } = {
    ...labelsOf(cell, dimensionsOf(by)),
    ...(by.includes("start") && { start: start * GRAIN_MS[grain] }),
    ...(by.includes("target") && { target }),
  };
  return { labels, code, count: n, whos: [who] };
}

function counted({ labels, code, count, whos }: Group): VerdictCount {
  return { ...labels, code: VerdictCode.parse(code), count, probes: probesOf(whos) };
}

/** Different probes of several counts. */
function probesOf(whos: readonly Uint8Array[]): number {
  const all: Who = new Map();
  for (const who of whos) for (const number of unpackWho(who).keys()) all.set(number, 1);
  return all.size;
}

function dimensionsOf(by: VerdictCountQuery["by"]): Dimension[] {
  return by.filter((one) => one !== "start" && one !== "target");
}
