import { gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../protocol/coded-error.ts";
import { Utc } from "../../../protocol/primitives.ts";
import { OUTSIDE_LIMITS } from "../../outside/sources.ts";
import { OUTSIDE_SOURCES } from "../../outside/types.ts";
import { outsideSeries, type StoredOutside } from "../../outside/view.ts";
import { ENVELOPE, envelopeOf, sendEnvelope } from "../envelope.ts";
import { sendProblem } from "../problem.ts";
import { PARAMETERS, readQuery, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { addOperation } from "../spec/operation.ts";

const { from, to, asn, target } = PARAMETERS;
const Query = z.strictObject({
  from,
  to,
  asn,
  target,
  source: z.enum(OUTSIDE_SOURCES).optional().describe("ioda, radar or ooni"),
});

const DAYS = 7;
const VALUES_MAX = 200_000;
/** Our own licence does not cover what others measured. */
const LICENCE = "each series under the licence it names; none of them under ours";

const Span = z.strictObject({ from: Utc, to: Utc.nullable(), label: z.string(), link: z.string().nullable() });
const Series = z.strictObject({
  ...{ id: z.int(), signal: z.string(), entity: z.strictObject({ type: z.string(), code: z.string() }) },
  ...{ asn: z.int().nullable(), target: z.string().nullable(), from: Utc, to: Utc },
  stepMs: z.number().nullable().describe("null: a series of spans"),
  values: z.array(z.number().nullable()),
  spans: z.array(Span),
  ...{ source: z.enum(OUTSIDE_SOURCES), licence: z.string(), address: z.string().nullable(), retrievedAt: Utc },
  ...{ sha256: z.string(), original: z.string().describe("address of the bytes as received") },
}) satisfies z.ZodType<StoredOutside>;
const Answer = z.strictObject({ ...ENVELOPE, outside: z.array(Series) });

/**
 * `GET /api/v1/outside`: series of other projects as they were received, never merged with ours; `/api/v1/outside/N`
 * gives the very bytes of one answer of theirs.
 */
export function addOutside(app: FastifyInstance, reader: Reader): void {
  const table = reader.store.admin.outside;
  app.get("/api/v1/outside", async (request, reply) => {
    const query = readQuery(Query, request.query);
    const window = windowOf(query, reader.now() + 1, DAYS);
    const all = await outsideSeries(table, { ...window, asn: query.asn ?? null, target: query.target ?? null });
    const chosen = all.filter(({ source }) => query.source === undefined || source === query.source);
    const series = chosen.map((one) => within(one, window));
    const samples = series.reduce((sum, one) => sum + one.values.length, 0);
    if (samples > VALUES_MAX)
      throw new CodedError("too_much", `More than ${VALUES_MAX} values lie in this time: choose a shorter one.`);
    const coverage = { probes: null, band: null, samples };
    const envelope = {
      ...envelopeOf(reader, request, { asOf: null, citesTime: false, coverage }),
      license: LICENCE,
    };
    sendEnvelope(reply.header("cache-control", "public, max-age=60"), envelope, null);
    return { ...envelope, outside: series };
  });
  app.get<{ Params: { id: string } }>("/api/v1/outside/:id", async (request, reply) => {
    const { id } = request.params;
    const found = /^\d{1,15}$/.test(id) ? await table.body(Number(id)) : null;
    if (found === null)
      return sendProblem(reply, { status: 404, code: "not_found", detail: "No such answer is kept here." });
    const { licence, address, sha256, source } = found.import;
    return reply
      .type("application/json")
      .header("cache-control", "public, max-age=86400, immutable")
      .header("content-disposition", `attachment; filename="${source}-${id}.json"`)
      .header("x-licence", printable(licence))
      .header("x-source-address", printable(address ?? "not told"))
      .header("x-sha256", sha256)
      .send(gunzipSync(found.body, { maxOutputLength: OUTSIDE_LIMITS.bytes }));
  });
  describeOutside(app);
}

function describeOutside(app: FastifyInstance): void {
  addOperation(app, {
    ...{ id: "outside", path: "/api/v1/outside", tag: "data", query: Query },
    about: {
      en: "Series of other projects (IODA, Cloudflare Radar, OONI) as they were received, each under its own licence; never merged with ours.",
      ru: "Ряды других проектов (IODA, Cloudflare Radar, OONI), как они получены, каждый под своей лицензией; с нашими не смешиваются.",
      kk: "Басқа жобалардың (IODA, Cloudflare Radar, OONI) қатарлары, алынған күйінде, әрқайсысы өз лицензиясымен; біздікімен араластырылмайды.",
    },
    answers: [{ type: "application/json", schema: Answer }],
    example: "/api/v1/outside?from=2022-01-04&to=2022-01-07",
  });
  addOperation(app, {
    ...{ id: "outside_original", path: "/api/v1/outside/{id}", tag: "data", query: null },
    about: {
      en: "The very bytes of one answer of another project; its licence and address stand in headers.",
      ru: "Ответ другого проекта, байт в байт; лицензия и адрес стоят в заголовках.",
      kk: "Басқа жоба жауабының дәл өзі; лицензиясы мен мекенжайы тақырыптарда тұр.",
    },
    parts: { id: "number of the answer, as original names it" },
    answers: [{ type: "application/json", schema: null }],
    example: null,
  });
}

/** A series cut to a window of time; spans that touch it stay whole. */
function within(series: StoredOutside, window: { from: number; to: number }): StoredOutside {
  const { stepMs, values, spans } = series;
  if (stepMs === null) return { ...series, spans: spans.filter((span) => Date.parse(span.from) < window.to) };
  const begin = Date.parse(series.from);
  const first = Math.max(0, Math.floor((window.from - begin) / stepMs));
  const last = Math.max(first, Math.min(values.length, Math.ceil((window.to - begin) / stepMs)));
  const at = (step: number) => new Date(begin + step * stepMs).toISOString();
  return { ...series, from: at(first), to: at(last), values: values.slice(first, last) };
}

/** Text that may stand in a header. */
function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "?");
}
