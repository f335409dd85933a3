import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../protocol/coded-error.ts";
import type { VerdictCount } from "../../store/rollups.ts";
import { utc } from "../../time.ts";
import { csv } from "../csv.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { isSmall } from "../small-cells.ts";
import { addOperation } from "../spec/operation.ts";
import { canHaveRows, OONI_FILTERS, ooniAsns, ooniTargets, ooniWindow } from "./ooni-query.ts";
import { ooniAsn, ooniClass, ooniTarget } from "./ooni-words.ts";

const AXES = [
  "measurement_start_day",
  "domain",
  "input",
  "category_code",
  "probe_asn",
  "probe_cc",
  "test_name",
  "probe_region",
] as const;
type Axis = (typeof AXES)[number];
const GRAINS = ["hour", "day", "week", "month", "year", "auto"] as const;
type Grain = (typeof GRAINS)[number];

const Query = z.object({
  ...OONI_FILTERS,
  axis_x: z
    .enum(AXES)
    .optional()
    .describe(`counts by: ${AXES.join(", ")}`),
  axis_y: z.enum(AXES).optional().describe("counts by a second thing of those of axis_x"),
  time_grain: z.enum(GRAINS).optional().describe("hour, day, week, month, year or auto"),
  format: z.enum(["JSON", "CSV", "json", "csv"]).optional().describe("JSON or CSV"),
  download: z.string().max(8).optional().describe("true: the CSV as a file to be saved"),
});
type Query = z.infer<typeof Query>;

const count = z.int().min(0);
const Row = z.strictObject({
  ...{ anomaly_count: count, confirmed_count: count, failure_count: count, ok_count: count, measurement_count: count },
  ...Object.fromEntries(AXES.map((axis) => [axis, z.string().optional()])),
});
type Row = z.infer<typeof Row> & { [axis: string]: number | string | undefined };
const Answer = z.strictObject({
  v: z.literal(0),
  dimension_count: z.int().min(0).max(2),
  db_stats: z.strictObject({ row_count: count, bytes: count, total_row_count: count, elapsed_seconds: z.number() }),
  result: z.union([Row, z.array(Row)]),
  suppressed_rows: count.describe("rows of places with too few probes to tell; not a field of OONI"),
});

const DAY_MS = 86_400_000;
/** Counts read for one answer. */
const ROWS_MAX = 1_500_000;
/** OONI's limits: the longest window in days, and the grains it allows, the finest first. */
const ALLOWED: readonly [days: number, grains: readonly Grain[]][] = [
  [7, ["hour", "day"]],
  [30, ["day", "week"]],
  [365, ["day", "week", "month"]],
  [Number.POSITIVE_INFINITY, ["day", "week", "month", "year"]],
];

/** `GET /compat/ooni/v1/aggregation`: counts as OONI's aggregation gives them, from the rollups. */
export function addOoniAggregation(app: FastifyInstance, reader: Reader): void {
  app.get("/compat/ooni/v1/aggregation", async (request, reply) => {
    const query = readQuery(Query, request.query);
    const begun = performance.now();
    const { rows, suppressed, read } = await aggregate(reader, query);
    const axes = axesOf(query);
    reply.header("cache-control", "public, max-age=60");
    if (query.format?.toUpperCase() === "CSV") {
      const columns = [...COUNTS, ...axes].map((name) => ({ name, of: (row: Row) => row[name] ?? null }));
      reply.type("text/csv; charset=utf-8; header=present");
      if (query.download === "true") reply.header("content-disposition", 'attachment; filename="aggregation.csv"');
      return reply.send(csv(columns, rows));
    }
    return reply.send({
      v: 0,
      dimension_count: axes.length,
      db_stats: {
        ...{ row_count: read, bytes: 0, total_row_count: read },
        elapsed_seconds: Number(((performance.now() - begun) / 1000).toFixed(3)),
      },
      result: axes.length === 0 ? (rows[0] ?? newRow({})) : rows,
      suppressed_rows: suppressed,
    });
  });
  addOperation(app, {
    ...{ id: "ooni_aggregation", path: "/compat/ooni/v1/aggregation", tag: "compat", query: Query },
    about: {
      en: "Counts in the shape of OONI's aggregation, so that its tools can be pointed here. Read only; probe_region is added.",
      ru: "Счётчики в виде агрегации OONI, чтобы её инструменты можно было направить сюда. Только чтение; добавлен probe_region.",
      kk: "OONI агрегациясы түріндегі санақтар, оның құралдарын осында бағыттауға болады. Тек оқуға; probe_region қосылған.",
    },
    answers: [
      { type: "application/json", schema: Answer },
      { type: "text/csv", schema: null },
    ],
    example: "/compat/ooni/v1/aggregation?since=2026-11-27&until=2026-11-28&axis_x=probe_asn",
  });
}

const COUNTS = ["anomaly_count", "confirmed_count", "failure_count", "ok_count", "measurement_count"] as const;

function axesOf({ axis_x, axis_y }: Query): Axis[] {
  if (axis_x !== undefined && axis_x === axis_y) throw new CodedError("bad_query", "axis_y: must not be axis_x again");
  return [axis_x, axis_y].filter((axis) => axis !== undefined);
}

async function aggregate(reader: Reader, query: Query) {
  const axes = axesOf(query);
  const window = ooniWindow(query, reader.now());
  const grain = grainOf(query, window.to - window.from);
  if (!canHaveRows(query)) return { rows: [], suppressed: 0, read: 0 };
  const targets = ooniTargets(query, reader.catalogue.list.targets);
  const [only] = targets ?? [];
  const counts = await reader.store.rollups.verdicts({
    ...window,
    grain: grain === "hour" && axes.includes("measurement_start_day") ? "hour" : "day",
    target: targets?.length === 1 && only !== undefined ? only.id : null,
    by: ["start", "target", "asn", "region"],
    ...{ role: "witness", asn: null, region: null, access: null, rowsMax: ROWS_MAX },
  });
  const fits = fitting(query, targets?.map(({ id }) => id) ?? null);
  const chosen = counts.filter(fits);
  const told = await tellable(reader, query, axes, window.from);
  const rows = new Map<string, Row>();
  let suppressed = 0;
  for (const one of chosen) {
    const labels = labelsOf(one, axes, grain, reader);
    if (!told(one)) {
      suppressed += 1;
      continue;
    }
    const name = axes.map((axis) => labels[axis]).join("\n");
    const row = rows.get(name) ?? newRow(labels);
    row[`${ooniClass(one.code)}_count`] += one.count;
    row.measurement_count += one.count;
    rows.set(name, row);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return { rows: sorted, suppressed, read: counts.length };
}

function newRow(labels: Partial<Record<Axis, string>>): Row {
  return { anomaly_count: 0, confirmed_count: 0, failure_count: 0, ok_count: 0, measurement_count: 0, ...labels };
}

/** The finest grain that a window allows, or the one asked for. Error: `bad_query` for one that it does not allow. */
function grainOf({ time_grain = "auto" }: Query, lengthMs: number): Grain {
  const allowed = ALLOWED.find(([days]) => lengthMs <= days * DAY_MS)?.[1] ?? ["day"];
  if (time_grain === "auto") return allowed[0] ?? "day";
  if (!allowed.includes(time_grain))
    throw new CodedError("bad_query", `time_grain: for this time choose ${allowed.join(", ")}`);
  return time_grain;
}

function fitting(query: Query, targets: readonly string[] | null): (count: VerdictCount) => boolean {
  const asns = ooniAsns(query);
  const { probe_region } = query;
  return ({ target = "", asn = null, region = null }) =>
    (targets === null || targets.includes(target)) &&
    (asns === null || (asn !== null && asns.includes(asn))) &&
    (probe_region === undefined || (region !== null && probe_region.includes(region)));
}

/** Whether a count may be told: of a network or region with few witnesses it would be the hours of one person. */
async function tellable({ store, enoughProbes }: Reader, query: Query, axes: readonly Axis[], from: number) {
  const byNetwork = axes.includes("probe_asn") || query.probe_asn !== undefined;
  const byRegion = axes.includes("probe_region") || query.probe_region !== undefined;
  if (!byNetwork && !byRegion) return () => true;
  const witnesses = (await store.probes.all()).filter(
    ({ role, left }) => role === "witness" && (left === null || left >= from),
  );
  const known = new Map<string, boolean>();
  return ({ asn = null, region = null }: VerdictCount) => {
    const name = `${byNetwork ? asn : ""} ${byRegion ? region : ""}`;
    const told =
      known.get(name) ??
      !isSmall(
        "witness",
        witnesses.filter((one) => (!byNetwork || one.asn === asn) && (!byRegion || one.region === region)).length,
        enoughProbes,
      );
    known.set(name, told);
    return told;
  };
}

function labelsOf(
  { start = 0, target = "", asn, region }: VerdictCount,
  axes: readonly Axis[],
  grain: Grain,
  { catalogue }: Reader,
): Partial<Record<Axis, string>> {
  const known = catalogue.list.targets.find(({ id }) => id === target);
  const words =
    known === undefined ? { input: "", domain: target, category_code: "", test_name: "" } : ooniTarget(known);
  const all: Record<Axis, string> = {
    measurement_start_day: startOf(start, grain),
    ...words,
    probe_asn: ooniAsn(asn),
    probe_cc: "KZ",
    probe_region: region ?? "KZ",
  };
  return Object.fromEntries(axes.map((axis) => [axis, all[axis]]));
}

/** The beginning of the hour, day, week (Monday), month or year. */
function startOf(at: number, grain: Grain): string {
  const text = utc(at);
  if (grain === "hour") return `${text.slice(0, 13)}:00:00Z`;
  if (grain === "month") return `${text.slice(0, 7)}-01`;
  if (grain === "year") return `${text.slice(0, 4)}-01-01`;
  const back = grain === "week" ? (new Date(at).getUTCDay() + 6) % 7 : 0;
  return utc(at - back * DAY_MS).slice(0, 10);
}
