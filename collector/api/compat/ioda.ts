import type { FastifyInstance, FastifyReply } from "fastify";
import { CodedError } from "../../../protocol/coded-error.ts";
import { utc } from "../../time.ts";
import { sendProblem } from "../problem.ts";
import { readQuery } from "../query.ts";
import { LICENSE, type Reader } from "../reader.ts";
import { entitiesOf, entityOf } from "./ioda-entities.ts";
import { outages } from "./ioda-events.ts";
import { describeIoda, EntityQuery, EventQuery, SignalQuery } from "./ioda-operations.ts";
import { DATASOURCES, type Datasource, iodaSignals } from "./ioda-signals.ts";
import { windowOf } from "./ioda-window.ts";

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
  describeIoda(app);
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

function sourcesOf(text: string | undefined): readonly Datasource[] {
  if (text === undefined) return DATASOURCES;
  const asked = text.split(",");
  const wrong = asked.filter((one) => !DATASOURCES.some((known) => known === one));
  if (wrong.length > 0) throw new CodedError("bad_query", `datasource: there are ${DATASOURCES.join(", ")}`);
  return DATASOURCES.filter((one) => asked.includes(one));
}
