import type { AddressInfo } from "node:net";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { chooseLanguage } from "../api/language.ts";
import { addAssets } from "../api/routes/assets.ts";
import type { Language, Pages } from "../api/types.ts";
import { PAGE_POLICY } from "../page-policy.ts";
import type { Desk } from "./desk.ts";
import { takeForms } from "./form.ts";
import { addAccount } from "./screens/account.ts";
import { addAccounts } from "./screens/accounts.ts";
import { addAlerts } from "./screens/alerts.ts";
import { addAudit } from "./screens/audit.ts";
import { addEventImport } from "./screens/event-import.ts";
import { addEvents } from "./screens/events.ts";
import { addHome } from "./screens/home.ts";
import { addIncidents } from "./screens/incidents.ts";
import { addLegal } from "./screens/legal.ts";
import { addOutside } from "./screens/outside.ts";
import { addProbes } from "./screens/probes.ts";
import { addReports } from "./screens/reports.ts";
import { addSettings } from "./screens/settings.ts";
import { addSignIn } from "./screens/sign-in.ts";
import { addStatements } from "./screens/statements.ts";
import { frameOf, refuse } from "./visit.ts";

const TIMES = { headersMs: 10_000, requestMs: 60_000, silentMs: 60_000, checkMs: 2_000 };

/**
 * The server of the administration: a port of its own, so that a firewall can keep the world out and no fault of the
 * public pages opens it. It answers to its own name only (DNS rebinding), and nothing of it may be kept by a cache.
 */
export async function createAdminServer(desk: Desk, assets: Pages["assets"]): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: 64 * 1024,
    requestTimeout: TIMES.requestMs,
    connectionTimeout: TIMES.silentMs,
    keepAliveTimeout: TIMES.silentMs,
    http: { headersTimeout: TIMES.headersMs, connectionsCheckingInterval: TIMES.checkMs },
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
  });
  await app.register(helmet, HEADERS);
  await app.register(cookie);
  takeForms(app);
  app.addHook("onRequest", async (request, reply) => {
    if (!isOurHost(app, desk, request))
      return reply.code(421).type("text/plain").send("There is nothing under this name.\n");
    reply.header("cache-control", "no-store").header("x-robots-tag", "noindex, nofollow");
  });
  app.addHook("onResponse", async ({ method, routeOptions }, reply) => {
    const told = { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    desk.log.debug(told, "request");
  });
  addAnswersToErrors(app, desk);
  addAssets(app, { assets });
  app.get("/", async (request, reply) => reply.redirect(`/admin/${languageOf(request)}`, 303));
  app.get("/admin", async (request, reply) => reply.redirect(`/admin/${languageOf(request)}`, 303));
  addSignIn(app, desk);
  for (const add of SCREEN_ROUTES) add(app, desk);
  return app;
}

const SCREEN_ROUTES = [
  ...[addHome, addProbes, addEvents, addEventImport, addReports, addIncidents, addAlerts, addOutside, addSettings],
  ...[addStatements, addLegal, addAccount, addAccounts, addAudit],
];

function addAnswersToErrors(app: FastifyInstance, desk: Desk): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
    const blamed = status >= 400 && status < 500;
    if (!blamed) desk.log.error({ err: error, route: request.routeOptions.url }, "a request failed");
    return refuse(desk, reply, blamed ? "wrong" : "fault", frameOf(desk, request, languageOf(request), null));
  });
  app.setNotFoundHandler(async (request, reply) =>
    refuse(desk, reply, "missing", frameOf(desk, request, languageOf(request), null)),
  );
}

function languageOf({ url, headers }: FastifyRequest): Language {
  const inPath = /^\/admin\/(kk|ru|en)\b/.exec(url)?.[1];
  return chooseLanguage(
    (["kk", "ru", "en"] as const).find((language) => language === inPath),
    headers["accept-language"],
  );
}

/** The name it was given, or this machine's own by which it is reached without a proxy. */
function isOurHost(app: FastifyInstance, { origin }: Desk, { headers }: FastifyRequest): boolean {
  const host = headers.host ?? "";
  if (host === new URL(origin()).host) return true;
  // A TCP server that has accepted a request has such an address.
  const { port } = app.server.address() as AddressInfo;
  return [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`].includes(host);
}

const HEADERS = {
  contentSecurityPolicy: PAGE_POLICY,
  strictTransportSecurity: false,
  // Under `no-referrer` browsers hide the origin of a form too, and we ask for it.
  referrerPolicy: { policy: "same-origin" },
  crossOriginResourcePolicy: { policy: "same-origin" },
} as const;
