import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../protocol/coded-error.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { EpochMs } from "../../analysis/types.ts";
import { utc } from "../../time.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import { LICENSE, type Reader } from "../reader.ts";
import { addOperation } from "../spec/operation.ts";
import { concerns } from "../timeline-view.ts";
import { type Entity, entitiesOf, entityOf, IODA_TYPES } from "./ioda-entities.ts";
import { DATASOURCES, type Datasource, iodaSignals, SIGNAL } from "./ioda-signals.ts";

/** Seconds since 1970, or `now`, or seconds before it as `-3600`; `h`, `d`, `w` may follow. */
const Moment = z.string().regex(/^(?:now|-?\d{1,10}[smhdw]?)$/, "expected seconds since 1970");
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, "expected a whole number")
    .transform(Number)
    .pipe(z.int().max(max));
const DAY_MS = 86_400_000;
const WINDOW_MAX_MS = 400 * DAY_MS;
const READ_MAX = 10_000;

const SignalQuery = z.object({
  from: Moment.optional().describe("seconds since 1970"),
  until: Moment.optional().describe("seconds since 1970"),
  datasource: z
    .string()
    .max(256)
    .optional()
    .describe(`of ${DATASOURCES.join(", ")}, apart by commas`),
  maxPoints: whole(5000).optional().describe("most values of one signal"),
  sourceParams: z.string().max(256).optional().describe("taken and passed over"),
});
const EventQuery = z.object({
  from: Moment.optional(),
  until: Moment.optional(),
  entityType: z.enum(IODA_TYPES).optional(),
  entityCode: z.string().max(64).optional(),
  limit: whole(2000).optional(),
  page: whole(10_000).optional(),
  orderBy: z.enum(["time", "score", "time/asc", "time/desc", "score/asc", "score/desc"]).optional(),
  format: z.enum(["codf", "ioda"]).optional(),
  overall: z.string().max(8).optional(),
  includeAlerts: z.string().max(8).optional(),
});
const EntityQuery = z.object({
  entityType: z.enum(IODA_TYPES).optional(),
  entityCode: z.string().max(256).optional(),
  relatedTo: z.string().max(128).optional().describe("country/KZ"),
  search: z.string().max(128).optional(),
  limit: whole(2000).optional(),
  page: whole(10_000).optional(),
});

const EntityRow = z.strictObject({
  code: z.string(),
  name: z.string(),
  type: z.enum(IODA_TYPES),
  subnames: z.array(z.string()),
  attrs: z.record(z.string(), z.string()),
});
const EventRow = z.strictObject({
  location: z.string(),
  location_name: z.string(),
  start: z.int(),
  duration: z.int().describe("seconds, until now where it goes on"),
  uncertainty: z.int().nullable().describe("seconds between the bounds of the start"),
  status: z.int().describe("0 ended, 1 going on"),
  fraction: z.null(),
  score: z.number().describe("1 observed, 2 probable, 3 confirmed: no score of IODA"),
  overlaps_window: z.boolean(),
  datasource: z.literal("kuager"),
  method: z.string(),
  id: z.string().describe("id of the incident; not a field of IODA"),
});

function answerOf(type: string, data: z.ZodType) {
  return z.strictObject({
    type: z.literal(type),
    metadata: z.strictObject({ requestTime: z.string(), responseTime: z.string() }),
    requestParameters: z.looseObject({}),
    error: z.null(),
    perf: z.null(),
    data,
    copyright: z.string(),
  });
}

/** `/compat/ioda/v2/…`: signals, outages and entities in the shapes of IODA's API, version 2. Read only. */
export function addIoda(app: FastifyInstance, reader: Reader): void {
  type Signal = { Params: { type: string; code: string } };
  app.get<Signal>("/compat/ioda/v2/signals/raw/:type/:code", async (request, reply) => {
    const query = readQuery(SignalQuery, request.query);
    const { type, code } = request.params;
    const entities = code
      .split(",")
      .slice(0, 16)
      .map((one) => entityOf(reader, type, one));
    const known = entities.filter((one) => one !== null);
    if (known.length < entities.length) return noEntity(reply);
    const window = windowOf(query, reader.now());
    const sources = sourcesOf(query.datasource);
    const data = await Promise.all(
      known.map((entity) => iodaSignals(reader, { entity, window, sources, maxPoints: query.maxPoints ?? 400 })),
    );
    return send(reply, reader, { type: "signals", request: { ...query, entityType: type, entityCode: code }, data });
  });
  app.get("/compat/ioda/v2/outages/events", async (request, reply) => {
    const query = readQuery(EventQuery, request.query);
    const data = await outages(reader, query);
    return data === null ? noEntity(reply) : send(reply, reader, { type: "outages.events", request: query, data });
  });
  app.get("/compat/ioda/v2/entities/query", async (request, reply) => {
    const query = readQuery(EntityQuery, request.query);
    const { limit = 100, page = 0, entityType, entityCode, relatedTo, search } = query;
    const codes = entityCode?.split(",");
    const data = entitiesOf(reader)
      .filter(
        ({ type, code, name }) =>
          (entityType === undefined || type === entityType) &&
          (codes === undefined || codes.includes(code)) &&
          (relatedTo === undefined || ["country/KZ", "country"].includes(relatedTo)) &&
          (search === undefined || name.toLowerCase().includes(search.toLowerCase())),
      )
      .slice(page * limit, (page + 1) * limit)
      .map(({ code, name, type }) => ({ code, name, type, subnames: [], attrs: { fqid: `${type}/${code}` } }));
    return send(reply, reader, { type: "entities", request: query, data });
  });
  describeRoutes(app);
}

function noEntity(reply: FastifyReply) {
  return sendProblem(reply, {
    status: 404,
    code: "not_found",
    detail: "Nothing of this type and code is watched here.",
  });
}

type Sent = { readonly type: string; readonly request: object; readonly data: unknown };

function send(reply: FastifyReply, { now, publicUrl }: Reader, { type, request, data }: Sent) {
  const time = utc(now());
  return reply.header("cache-control", "public, max-age=60").send({
    type,
    metadata: { requestTime: time, responseTime: time },
    requestParameters: request,
    ...{ error: null, perf: null, data },
    copyright: `Kuager, ${LICENSE}; counts of its own probes, in IODA's shape and not IODA's data. ${publicUrl ?? ""}/api`,
  });
}

/** The window asked for; the last day where it is left out. Error: `bad_query`, `too_much`. */
function windowOf({ from, until }: { from?: string | undefined; until?: string | undefined }, now: EpochMs) {
  const to = Math.min(now, momentOf(until, now) ?? now);
  const start = momentOf(from, now) ?? to - DAY_MS;
  if (start >= to) throw new CodedError("bad_query", "from: must lie before until");
  if (to - start > WINDOW_MAX_MS) throw new CodedError("too_much", "from: at most 400 days are answered at once");
  return { from: start, to };
}

function momentOf(text: string | undefined, now: EpochMs): EpochMs | null {
  if (text === undefined) return null;
  if (text === "now") return now;
  const [, sign = "", digits = "0", unit = "s"] = /^(-?)(\d+)([smhdw]?)$/.exec(text) ?? [];
  const ms = Number(digits) * (SECONDS[unit === "" ? "s" : unit] ?? 1) * 1000;
  return sign === "-" ? now - ms : ms;
}

function sourcesOf(text: string | undefined): readonly Datasource[] {
  if (text === undefined) return DATASOURCES;
  const asked = text.split(",");
  const wrong = asked.filter((one) => !DATASOURCES.some((known) => known === one));
  if (wrong.length > 0) throw new CodedError("bad_query", `datasource: there are ${DATASOURCES.join(", ")}`);
  return DATASOURCES.filter((one) => asked.includes(one));
}

async function outages(reader: Reader, query: z.infer<typeof EventQuery>) {
  const { limit = 100, page = 0, orderBy = "time", entityType, entityCode } = query;
  const window = windowOf(query, reader.now());
  const entity =
    entityType === undefined || entityCode === undefined ? undefined : entityOf(reader, entityType, entityCode);
  if (entity === null) return null;
  const found = await reader.store.incidents.list({ ...window, asOf: null, openOnly: false, limit: READ_MAX });
  const rows = found
    .filter(({ kind }) => kind === "shutdown" || kind === "outage")
    .filter((incident) => entity === undefined || concerns(incident, entity))
    .map((incident) => eventRow(incident, entity ?? placeOf(reader, incident, entityType), window, reader.now()));
  const key = orderBy.startsWith("score") ? "score" : "start";
  const sign = orderBy.endsWith("desc") ? -1 : 1;
  return rows.sort((a, b) => sign * (a[key] - b[key])).slice(page * limit, (page + 1) * limit);
}

/** The place an incident is told under where none was asked for: its only region or network, else the country. */
function placeOf(reader: Reader, { regions, asns }: Incident, type: string | undefined): Entity {
  const [region, asn] = [regions.length === 1 ? regions[0] : undefined, asns.length === 1 ? asns[0] : undefined];
  const found =
    region !== undefined && type !== "asn"
      ? entityOf(reader, "region", region)
      : asn !== undefined && type !== "region"
        ? entityOf(reader, "asn", String(asn))
        : null;
  return found ?? { type: "country", code: "KZ", name: "Kazakhstan", region: null, asn: null };
}

const SCORES = { observed: 1, probable: 2, confirmed: 3 };

function eventRow(
  incident: Incident,
  { type, code, name }: Entity,
  window: { from: EpochMs; to: EpochMs },
  now: EpochMs,
) {
  const { start, end, kind, extent, confidence, id } = incident;
  const [first, last] = [Date.parse(start.latest), end === null ? now : Date.parse(end.earliest)];
  return {
    ...{ location: `${type}/${code}`, location_name: name, start: seconds(first) },
    duration: Math.max(0, seconds(last - first)),
    uncertainty: seconds(Date.parse(start.latest) - Date.parse(start.earliest)),
    ...{ status: end === null ? 1 : 0, fraction: null, score: SCORES[confidence] },
    overlaps_window: first < window.from || (end !== null && last > window.to) || end === null,
    ...{ datasource: "kuager" as const, method: extent === null ? kind : `${kind}.${extent}`, id },
  };
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}

function describeRoutes(app: FastifyInstance): void {
  const words = (en: string, ru: string, kk: string) => ({ en, ru, kk });
  addOperation(app, {
    ...{ id: "ioda_signals", path: "/compat/ioda/v2/signals/raw/{type}/{code}", tag: "compat", query: SignalQuery },
    about: words(
      "Series of our probes in the shape of IODA's raw signals: value i is of the time from + i * step.",
      "Ряды наших зондов в виде сигналов IODA: значение i относится ко времени from + i * step.",
      "Біздің зондтардың қатарлары IODA сигналдары түрінде: i-мән from + i * step уақытына тиесілі.",
    ),
    parts: { type: "country, region or asn", code: "KZ, a code such as KZ-75, or a number such as 9198" },
    answers: [{ type: "application/json", schema: answerOf("signals", z.array(z.array(SIGNAL))) }],
    example: "/compat/ioda/v2/signals/raw/country/KZ?maxPoints=6",
  });
  addOperation(app, {
    ...{ id: "ioda_events", path: "/compat/ioda/v2/outages/events", tag: "compat", query: EventQuery },
    about: words(
      "Losses of the line in the shape of IODA's outage events.",
      "Потери связи в виде событий отключений IODA.",
      "Байланыс үзілулері IODA ажырату оқиғалары түрінде.",
    ),
    answers: [{ type: "application/json", schema: answerOf("outages.events", z.array(EventRow)) }],
    example: "/compat/ioda/v2/outages/events?from=-30d",
  });
  addOperation(app, {
    ...{ id: "ioda_entities", path: "/compat/ioda/v2/entities/query", tag: "compat", query: EntityQuery },
    about: words(
      "The country, its regions and networks in the shape of IODA's entities.",
      "Страна, её области и сети в виде объектов IODA.",
      "Ел, оның өңірлері мен желілері IODA нысандары түрінде.",
    ),
    answers: [{ type: "application/json", schema: answerOf("entities", z.array(EntityRow)) }],
    example: "/compat/ioda/v2/entities/query?entityType=region&limit=2",
  });
}
