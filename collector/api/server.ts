import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { LIMITS } from "../../protocol/limits.ts";
import type { Intake } from "../ingest/intake.ts";
import type { LoadedRelease } from "../release.ts";
import { addErrorAnswers } from "./errors.ts";
import type { Reader } from "./reader.ts";
import { addAssets } from "./routes/assets.ts";
import { addCoverage } from "./routes/coverage.ts";
import { addEvents } from "./routes/events.ts";
import { addHealthz } from "./routes/healthz.ts";
import { addIncidents } from "./routes/incidents.ts";
import { addLog } from "./routes/log.ts";
import { addLogWitnesses } from "./routes/log-witnesses.ts";
import { addMeasurements } from "./routes/measurements.ts";
import { addPages } from "./routes/pages.ts";
import { addReports } from "./routes/reports.ts";
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
import type { Pages } from "./types.ts";
import { takeBytes } from "./uplink-body.ts";

export type ServerParts = {
  readonly reader: Reader;
  readonly intake: Intake;
  readonly pages: Pages;
  readonly release: LoadedRelease | null;
  readonly log: Logger;
  readonly http?: HttpTimes;
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
  await app.register(helmet, HEADERS);
  await app.register(compress, { customTypes: /^text\/|json/, threshold: 1024 });
  addErrorAnswers(app, pages, log);
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions } = request;
    log.debug(
      { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      "request",
    );
  });
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
  for (const add of [addHealthz, addAssetRoutes(pages), addVerifier]) add(app);
  for (const add of READING) add(app, reader);
  addPages(app, reader, pages);
  return app;
}

const READING = [
  addIncidents,
  addTimeline,
  addTargets,
  addCoverage,
  addEvents,
  addReports,
  addMeasurements,
  addVerdicts,
  addLog,
  addLogWitnesses,
];

const addAssetRoutes = (pages: Pages) => (app: FastifyInstance) => addAssets(app, pages);

const HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      scriptSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Whether the site is served over TLS is decided by the proxy in front, which sets this header itself.
  strictTransportSecurity: false,
  referrerPolicy: { policy: "no-referrer" },
} as const;
