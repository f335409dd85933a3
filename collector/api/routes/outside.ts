import { gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../protocol/coded-error.ts";
import { OUTSIDE_LIMITS } from "../../outside/sources.ts";
import { OUTSIDE_SOURCES } from "../../outside/types.ts";
import { outsideSeries, type StoredOutside } from "../../outside/view.ts";
import { sendProblem } from "../problem.ts";
import { PARAMETERS, readQuery, windowOf } from "../query.ts";
import { type Reader, stamp } from "../reader.ts";

const { from, to, asn, target } = PARAMETERS;
const Query = z.strictObject({ from, to, asn, target, source: z.enum(OUTSIDE_SOURCES).optional() });

const DAYS = 7;
const VALUES_MAX = 200_000;
/** Our own licence does not cover what others measured. */
const LICENCE = "each series under the licence it names; none of them under ours";

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
    if (series.reduce((sum, one) => sum + one.values.length, 0) > VALUES_MAX)
      throw new CodedError("bad_query", `from: more than ${VALUES_MAX} values lie in this time; choose a shorter one`);
    reply.header("cache-control", "public, max-age=60");
    return { ...stamp(reader, null), license: LICENCE, outside: series };
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
