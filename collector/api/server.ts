import compress from "@fastify/compress";
import etag from "@fastify/etag";
import helmet from "@fastify/helmet";
import fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { LIMITS } from "../../protocol/limits.ts";
import { addFeeds } from "../feeds/routes.ts";
import type { Intake } from "../ingest/intake.ts";
import { PAGE_POLICY } from "../page-policy.ts";
import type { LoadedRelease } from "../release.ts";
import { addIoda } from "./compat/ioda.ts";
import { addOoniAggregation } from "./compat/ooni-aggregation.ts";
import { addOoniMeasurements } from "./compat/ooni-measurements.ts";
import { addErrorAnswers } from "./errors.ts";
import type { Reader } from "./reader.ts";
import { limitReaders, QUESTIONS_A_MINUTE } from "./reader-limits.ts";
import { addAssets } from "./routes/assets.ts";
import { addBundles } from "./routes/bundles.ts";
import { addCharts } from "./routes/charts.ts";
import { addCoverage } from "./routes/coverage.ts";
import { addData } from "./routes/data.ts";
import { addDrafts } from "./routes/drafts.ts";
import { addEmbeds } from "./routes/embeds.ts";
import { addEvents } from "./routes/events.ts";
import { addHealthz } from "./routes/healthz.ts";
import { addIncidentPages } from "./routes/incident-pages.ts";
import { addIncidents } from "./routes/incidents.ts";
import { addLegal } from "./routes/legal.ts";
import { addLive, type LiveOptions } from "./routes/live.ts";
import { addLog } from "./routes/log.ts";
import { addLogWitnesses } from "./routes/log-witnesses.ts";
import { addMeasurement } from "./routes/measurement.ts";
import { addMeasurements } from "./routes/measurements.ts";
import { addOpenApi } from "./routes/openapi.ts";
import { addOutside } from "./routes/outside.ts";
import { addPages } from "./routes/pages.ts";
import { addPublished } from "./routes/published.ts";
import { addReference } from "./routes/reference.ts";
import { addReports } from "./routes/reports.ts";
import { addStatements } from "./routes/statements.ts";
import { addStates } from "./routes/states.ts";
import { addTargets } from "./routes/targets.ts";
import { addTimeline } from "./routes/timeline.ts";
import { addUplinkBatches } from "./routes/uplink-batches.ts";
import { addUplinkConfig } from "./routes/uplink-config.ts";
import { addUplinkContinue } from "./routes/uplink-continue.ts";
import { addUplinkJoin } from "./routes/uplink-join.ts";
import { addUplinkLeave } from "./routes/uplink-leave.ts";
import { addUplinkRelease } from "./routes/uplink-release.ts";
import { addUplinkSpeed } from "./routes/uplink-speed.ts";
import { addVerdicts } from "./routes/verdicts.ts";
import { addVerifier } from "./routes/verifier.ts";
import { letOthersShow } from "./shown-elsewhere.ts";
import { takeTurns } from "./turns.ts";
import type { Pages } from "./types.ts";
import { takeBytes } from "./uplink-body.ts";

export type ServerParts = {
  readonly reader: Reader;
  /** Null: nothing is taken in, and nobody is told of changes; the reading site alone. */
  readonly intake: Intake | null;
  readonly pages: Pages;
  readonly release: LoadedRelease | null;
  readonly log: Logger;
  readonly http?: HttpTimes;
  /** How often the API may be asked from one part of the network. */
  readonly questionsAMinute?: number;
  readonly live?: LiveOptions;
  /** Folder of the daily files; null or left out: none are served. */
  readonly bulk?: string | null;
  /** Told of each answer: the route as written in the code, never the address that was asked for. */
  readonly answered?: (route: string, status: number) => void;
  /** Told of each route as it is added, by its address as written in the code. */
  readonly routed?: (method: string, route: string) => void;
};

/** How long a client may take. A client that sends its request drop by drop must not hold a connection for ever. */
export type HttpTimes = {
  /** To send its headers, and to send its whole request. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Without a byte in either direction; a WebSocket has its own rules. */
  readonly silentMs: number;
  /** How often the two first are looked at. */
  readonly checkMs: number;
};

const HTTP_TIMES: HttpTimes = { headersMs: 10_000, requestMs: 30_000, silentMs: 60_000, checkMs: 2_000 };

/** The HTTP server with every route, not yet listening. It neither logs nor keeps addresses of clients. */
export async function createServer({
  reader,
  intake,
  pages,
  release,
  log,
  http = HTTP_TIMES,
  questionsAMinute = QUESTIONS_A_MINUTE,
  live = {},
  bulk = null,
  answered,
  routed,
}: ServerParts): Promise<FastifyInstance> {
  // Fastify's own logger would write each client's address; ours is handed in instead.
  const app = fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: 64 * 1024,
    requestTimeout: http.requestMs,
    connectionTimeout: http.silentMs,
    keepAliveTimeout: http.silentMs,
    http: { headersTimeout: http.headersMs, connectionsCheckingInterval: http.checkMs },
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
  });
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) routed?.(one, url);
  });
  await app.register(helmet, HEADERS);
  // Before the packing: a validator is of what is said, however it is packed.
  await app.register(etag, { weak: true });
  await app.register(compress, { customTypes: /^text\/(?!event-stream)|json|xml|svg/, threshold: 1024 });
  await limitReaders(app, questionsAMinute);
  app.addHook("onRequest", async (request, reply) => {
    if (OPEN_TO_PAGES.test(request.url)) reply.headers(ANY_PAGE);
  });
  letOthersShow(app);
  takeTurns(app);
  addErrorAnswers(app, pages, log);
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions } = request;
    log.debug(
      { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      "request",
    );
    answered?.(routeOptions.url ?? "none", reply.statusCode);
  });
  if (intake !== null) addUplink(app, intake, release);
  for (const add of [addHealthz, addAssetRoutes(pages), addVerifier]) add(app);
  for (const add of READING) add(app, reader);
  if (intake !== null) addLive(app, reader, log, live);
  if (bulk !== null) addData(app, reader, bulk);
  addPages(app, reader, pages);
  addReference({ app, reader, pages });
  addCharts(app, reader, pages);
  addEmbeds(app, reader, pages);
  addIncidentPages(app, reader, pages);
  addFeeds(app, reader, pages);
  return app;
}

function addUplink(app: FastifyInstance, intake: Intake, release: LoadedRelease | null): void {
  app.register((uplink, _options, done) => {
    takeBytes(uplink, LIMITS.messageBytes);
    addUplinkJoin(uplink, intake);
    addUplinkLeave(uplink, intake);
    addUplinkContinue(uplink, intake);
    addUplinkBatches(uplink, intake);
    addUplinkConfig(uplink, intake);
    addUplinkRelease(uplink, release);
    done();
  });
  app.register((speed, _options, done) => {
    addUplinkSpeed(speed, intake);
    done();
  });
}

const READING = [
  addIncidents,
  addPublished,
  addLegal,
  addStatements,
  addBundles,
  addDrafts,
  addTimeline,
  addTargets,
  addCoverage,
  addStates,
  addEvents,
  addReports,
  addMeasurements,
  addMeasurement,
  addVerdicts,
  addLog,
  addOoniMeasurements,
  addOoniAggregation,
  addIoda,
  addOpenApi,
  addOutside,
  addLogWitnesses,
];

/** Data that programs in any page may read: they are public, and no cookie is asked for. */
const OPEN_TO_PAGES = /^\/(?:api\/v1\/|compat\/|data\/|openapi\.json)/;
const ANY_PAGE = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "link, etag, retry-after, x-license, x-generated-at, x-as-of, x-methodology-version, x-coverage-probes, x-coverage-samples",
};

const addAssetRoutes = (pages: Pages) => (app: FastifyInstance) => addAssets(app, pages);

const HEADERS = {
  contentSecurityPolicy: PAGE_POLICY,
  // Whether the site is served over TLS is decided by the proxy in front, which sets this header itself.
  strictTransportSecurity: false,
  referrerPolicy: { policy: "no-referrer" },
} as const;
