import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { WorldEvent } from "../../../protocol/event.ts";
import { Incident } from "../../../protocol/incident.ts";
import { Asn, Place, Utc } from "../../../protocol/primitives.ts";
import { IncidentNumber } from "../../../protocol/publication.ts";
import { Report } from "../../../targets/schema.ts";
import { placeCoverage } from "../answer-coverage.ts";
import { windowAsked } from "../around.ts";
import { ENVELOPE, envelopeOf, sendEnvelope } from "../envelope.ts";
import { isKnown, weakTag } from "../etag.ts";
import { cacheControl } from "../freshness.ts";
import { PARAMETERS, readQuery, windowOf } from "../query.ts";
import type { Reader } from "../reader.ts";
import { namesOfRows, RowNames } from "../row-names.ts";
import { Gap, Lane, PresencePoint } from "../rows/presence-row.ts";
import { addOperation } from "../spec/operation.ts";
import { timelineView } from "../timeline-view.ts";

const { from, to, as_of, around, region, asn, access } = PARAMETERS;
const Query = z.strictObject({
  ...{ from, to, as_of, around, region, asn, access },
  lanes: z
    .enum(["0", "1"])
    .transform((text) => text === "1")
    .optional()
    .describe("1: presence of each region, each network, and each network in each region as well"),
});
const DEFAULT_DAYS = 7;
/** Longest window of which lanes are told. */
const LANES_MS = 400 * 86_400_000;

const Answer = z.strictObject({
  ...ENVELOPE,
  names: RowNames,
  from: Utc,
  to: Utc,
  region: Place.nullable(),
  asn: Asn.nullable(),
  incidents: z.array(Incident).describe("those that touch the window, oldest first"),
  events: z.array(WorldEvent),
  reports: z.array(Report),
  presence: z.array(PresencePoint).describe("witnesses present over time"),
  gaps: z.array(Gap).describe("times in which the collector did not run"),
  lanes: z.array(Lane).optional(),
  numbers: z.record(z.string(), IncidentNumber).optional(),
});

/** Reads what picks a view of the timeline; without a window, the last seven days. */
export function timelineChoice(
  query: { from?: number | undefined; to?: number | undefined; as_of?: number | undefined } & {
    region?: string | undefined;
    asn?: number | undefined;
  },
  now: number,
) {
  const window = windowOf(query, query.as_of ?? now, DEFAULT_DAYS);
  return { ...window, region: query.region ?? null, asn: query.asn ?? null, asOf: query.as_of ?? null };
}

/** `GET /api/v1/timeline`: incidents, events, reports and coverage of one window, as the timeline page shows them. */
export function addTimeline(app: FastifyInstance, reader: Reader): void {
  app.get("/api/v1/timeline", async (request, reply) => {
    const query = readQuery(Query, request.query);
    const window = await windowAsked(reader, query, query.as_of ?? reader.now(), DEFAULT_DAYS);
    const choice = { ...timelineChoice({ ...query, ...window }, reader.now()), access: query.access ?? null };
    const lanes = query.lanes === true && window.to - window.from <= LANES_MS;
    const view = await timelineView(reader, { ...choice, lanes });
    const {
      generatedAt: _g,
      asOf: _a,
      rulesVersion: _r,
      license: _l,
      enoughProbes: _e,
      names: _n,
      coverage,
      ...shown
    } = view;
    const tag = weakTag(request.url.split("?")[1] ?? "", reader.rulesVersion, shown, coverage);
    const times = { now: reader.now(), asOf: choice.asOf, to: query.to ?? null, repeatable: false };
    reply.header("cache-control", cacheControl(times)).header("etag", tag);
    if (isKnown(request.headers["if-none-match"], tag)) return reply.code(304).send();
    const envelope = envelopeOf(reader, request, {
      ...{ asOf: choice.asOf, citesTime: true },
      coverage: await placeCoverage(reader, query, null),
    });
    sendEnvelope(reply, envelope, null);
    const rows = [...view.incidents, ...view.events, ...view.reports, ...(view.lanes ?? [])];
    return { ...envelope, names: namesOfRows(reader.catalogue.names, rows), ...shown, presence: coverage };
  });
  addOperation(app, {
    ...{ id: "timeline", path: "/api/v1/timeline", tag: "data", query: Query },
    about: {
      en: "Incidents, events, reports and presence of one window, as the timeline page shows them; presence is as known now.",
      ru: "Инциденты, события, сообщения и присутствие за одно окно времени, как на странице; присутствие — как известно сейчас.",
      kk: "Бір уақыт аралығындағы инциденттер, оқиғалар, хабарлар және байланыс, бетте көрсетілгендей; байланыс — қазір белгілі күйінде.",
    },
    answers: [{ type: "application/json", schema: Answer }],
    example: "/api/v1/timeline?from=2022-01-04&to=2022-01-07",
  });
}
