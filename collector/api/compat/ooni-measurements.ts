import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { verdictKeys } from "../../exchange/ooni/verdict-keys.ts";
import { writeReport } from "../../exchange/ooni/write-report.ts";
import { entryOf } from "../../judging/stored-items.ts";
import type { VerdictRow } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { CursorText, packCursor } from "../cursor.ts";
import { addressWith } from "../envelope.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import type { Reader } from "../reader.ts";
import { MeasurementId, measurementId, readMeasurementId } from "../rows/measurement-row.ts";
import { publicCells } from "../small-cells.ts";
import { snapshotOf } from "../snapshot.ts";
import { addOperation } from "../spec/operation.ts";
import { canHaveRows, OONI_FILTERS, ooniAsns, ooniTargets, ooniWindow } from "./ooni-query.ts";
import { ooniAsn, ooniClass, ooniTarget, ooniTime } from "./ooni-words.ts";

const whole = z
  .string()
  .regex(/^\d{1,6}$/, "expected a whole number")
  .transform(Number);
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const OFFSET_MAX = 4000;
const LIMIT_MAX = 1000;

const Query = z.object({
  ...OONI_FILTERS,
  limit: whole
    .pipe(z.int().min(1).max(LIMIT_MAX))
    .optional()
    .describe("rows of a page, at most 1000 (100 where it is left out)"),
  offset: whole
    .pipe(z.int().min(0).max(OFFSET_MAX, `at most ${OFFSET_MAX}: follow next_url`))
    .optional()
    .describe("rows to pass over, at most 4000"),
  anomaly: flag.optional().describe("true: only signs of interference"),
  confirmed: flag.optional().describe("true: only block pages"),
  failure: flag.optional().describe("true: only measurements that could not be made"),
  order_by: z
    .enum(["measurement_start_time", "test_start_time"])
    .optional()
    .describe("measurement_start_time is the only order"),
  order: z.enum(["desc", "DESC"]).optional().describe("newest first is the only order"),
  cursor: CursorText.optional().describe("part of next_url; not a parameter of OONI"),
});
type Query = z.infer<typeof Query>;

const Result = z.strictObject({
  measurement_uid: MeasurementId,
  measurement_url: z.string(),
  measurement_start_time: z.string(),
  input: z.string(),
  probe_asn: z.string(),
  probe_cc: z.string(),
  probe_region: z.string().nullable().describe("not a field of OONI"),
  report_id: z.string(),
  test_name: z.string(),
  anomaly: z.boolean(),
  confirmed: z.boolean(),
  failure: z.boolean(),
  scores: z.looseObject({}),
});
const Metadata = z.strictObject({
  count: z.int().describe("-1: not counted"),
  current_page: z.int(),
  limit: z.int(),
  next_url: z.string().nullable(),
  offset: z.int(),
  pages: z.int().describe("-1: not counted"),
});
const RawQuery = z.object({
  measurement_uid: MeasurementId,
  report_id: z.string().max(256).optional().describe("taken and passed over"),
  input: z.string().max(2048).optional().describe("taken and passed over"),
});

/** `GET /compat/ooni/v1/measurements` and `/raw_measurement`: verdicts and records as OONI lists and shows them. */
export function addOoniMeasurements(app: FastifyInstance, reader: Reader): void {
  app.get("/compat/ooni/v1/measurements", async (request, reply) => {
    const query = readQuery(Query, request.query);
    reply.header("cache-control", "public, max-age=60");
    return listMeasurements(reader, request, query);
  });
  app.get("/compat/ooni/v1/raw_measurement", async (request, reply) => {
    const { measurement_uid: id } = readQuery(RawQuery, request.query);
    const report = await rawMeasurement(reader, id);
    if (report === null)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "No web measurement has this id." });
    return reply.header("cache-control", "public, max-age=60").send(report);
  });
  describeRoutes(app);
}

async function listMeasurements(reader: Reader, request: FastifyRequest, query: Query) {
  const { limit = 100, offset = 0, cursor } = query;
  const found = canHaveRows(query) ? await readPage(reader, query, limit, offset) : { rows: [], next: null };
  const known = publicCells(await reader.store.probes.all(), reader);
  const targets = new Map(reader.catalogue.list.targets.map((target) => [target.id, target]));
  const results = found.rows.map((row) => {
    const target = targets.get(row.target);
    const words = target === undefined ? { input: row.target, test_name: "web_connectivity" } : ooniTarget(target);
    return resultOf(reader, row, { ...words, region: known(row.probe).region });
  });
  const path = (next: string) => addressWith(reader, request, { cursor: next, offset: null });
  return {
    metadata: {
      ...{ count: -1, pages: -1, limit, offset: cursor === undefined ? offset : 0 },
      current_page: Math.floor(offset / limit) + 1,
      next_url: found.next === null ? null : path(found.next),
    },
    results,
  };
}

async function readPage(reader: Reader, query: Query, limit: number, offset: number) {
  const { verdicts, probes } = reader.store;
  const asOf = query.cursor?.asOf ?? snapshotOf(reader, await verdicts.lastChange());
  const targets = ooniTargets(query, reader.catalogue.list.targets)?.map(({ id }) => id);
  const asns = ooniAsns(query);
  const cellOf = publicCells(await probes.all(), reader);
  const wanted = ({ target, asn, probe, record, verdict }: VerdictRow) => {
    const kind = ooniClass(verdict.code);
    const region = query.probe_region === undefined ? null : cellOf(probe).region;
    return (
      record !== "" &&
      (targets === undefined || targets.includes(target)) &&
      (asns === null || (asn !== null && asns.includes(asn))) &&
      (query.probe_region === undefined || (region !== null && query.probe_region.includes(region))) &&
      (query.anomaly === undefined || query.anomaly === (kind === "anomaly" || kind === "confirmed")) &&
      (query.confirmed === undefined || query.confirmed === (kind === "confirmed")) &&
      (query.failure === undefined || query.failure === (kind === "failure"))
    );
  };
  const rows: VerdictRow[] = [];
  let after: { at: number; id: number } | null =
    query.cursor === undefined ? null : { at: query.cursor.at, id: Number(query.cursor.id) };
  // Each step is bounded by the store; so many of them at most.
  for (let step = 0; step < 4 && rows.length < limit + offset; step++) {
    const page: Awaited<ReturnType<typeof verdicts.list>> = await verdicts.list({
      ...ooniWindow(query, reader.now()),
      ...{
        target: targets?.length === 1 ? (targets[0] ?? null) : null,
        asOf,
        after,
        limit: limit + offset - rows.length,
      },
      filter: { targets, ...(asns?.length === 1 && asns[0] !== undefined && { asn: asns[0] }) },
    });
    rows.push(...page.rows.filter(wanted));
    after = page.next;
    if (after === null) break;
  }
  return { rows: rows.slice(offset), next: after === null ? null : packCursor({ ...after, asOf, upTo: 0 }) };
}

type Words = { readonly input: string; readonly test_name: string; readonly region: string | null };

function resultOf(reader: Reader, row: VerdictRow, { input, test_name, region }: Words) {
  const id = measurementId(row.at, row.record);
  const kind = ooniClass(row.verdict.code);
  const { blocking } = verdictKeys(row.verdict.code);
  return {
    measurement_uid: id,
    measurement_url: `${reader.publicUrl ?? ""}/compat/ooni/v1/raw_measurement?measurement_uid=${id}`,
    measurement_start_time: ooniTime(utc(row.measuredAt)),
    ...{ input, probe_asn: ooniAsn(row.asn), probe_cc: "KZ", probe_region: region, report_id: "", test_name },
    anomaly: kind === "anomaly" || kind === "confirmed",
    confirmed: kind === "confirmed",
    failure: kind === "failure",
    scores: { ...(typeof blocking === "string" && { analysis: { blocking_type: blocking } }) },
  };
}

const CONTROL_MS = 86_400_000;

/** The report of one web measurement, the last control's of the same target in the place of a test helper. */
async function rawMeasurement({ store, catalogue }: Reader, id: string): Promise<object | null> {
  const { at, hash } = readMeasurementId(id);
  const row = await store.entries.measurement(at, hash);
  const entry = row === null ? null : entryOf(row);
  if (row === null || entry?.kind !== "web") return null;
  const probes = await store.probes.all();
  const controls = probes.filter(({ role }) => role === "control").map((probe) => probe.id);
  const { rows } = await store.entries.measurements({
    ...{ from: at - CONTROL_MS, to: at + 1, target: row.target, asOf: Number.MAX_SAFE_INTEGER, after: null, limit: 1 },
    filter: { probes: controls, kinds: ["web"] },
  });
  const control = rows[0] === undefined ? null : entryOf(rows[0]);
  return writeReport({
    body: entry.body,
    verdict: await store.verdicts.of(row.probe, row.seq),
    control: control?.kind === "web" ? control.body : null,
    asn: row.asn,
    networkName: catalogue.names.networks[String(row.asn)] ?? null,
    country: row.region?.slice(0, 2) ?? null,
    ...{ at: row.at, record: row.hash },
  });
}

function describeRoutes(app: FastifyInstance): void {
  addOperation(app, {
    ...{ id: "ooni_measurements", path: "/compat/ooni/v1/measurements", tag: "compat", query: Query },
    about: {
      en: "Verdicts in the shape of OONI's list of measurements, newest first. Read only; probe_region is added.",
      ru: "Выводы в виде списка измерений OONI, новые сначала. Только чтение; добавлен probe_region.",
      kk: "OONI өлшемдер тізімі түріндегі қорытындылар, жаңасы алдымен. Тек оқуға; probe_region қосылған.",
    },
    answers: [{ type: "application/json", schema: z.strictObject({ metadata: Metadata, results: z.array(Result) }) }],
    example: "/compat/ooni/v1/measurements?limit=1",
  });
  addOperation(app, {
    ...{ id: "ooni_raw_measurement", path: "/compat/ooni/v1/raw_measurement", tag: "compat", query: RawQuery },
    about: {
      en: "One web measurement as an OONI web_connectivity report (data format 0.2.0).",
      ru: "Одно измерение сайта в виде отчёта OONI web_connectivity (формат данных 0.2.0).",
      kk: "Сайттың бір өлшемі OONI web_connectivity есебі түрінде (деректер пішімі 0.2.0).",
    },
    answers: [{ type: "application/json", schema: z.looseObject({ test_keys: z.looseObject({}) }) }],
    example: null,
  });
}
