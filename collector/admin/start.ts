import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import type { SendAlert } from "../alerts/channels.ts";
import type { Reader } from "../api/reader.ts";
import type { Threshold } from "../api/threshold.ts";
import type { Pages } from "../api/types.ts";
import type { Config } from "../config.ts";
import { listening } from "../listening.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { createAudit } from "./audit.ts";
import type { Desk } from "./desk.ts";
import { createPasskeys } from "./passkeys.ts";
import type { ScryptCost } from "./password.ts";
import { createAdminServer } from "./server.ts";
import { createSessions } from "./sessions.ts";
import { createPasswordSignIn } from "./sign-in.ts";
import { createThrottle } from "./throttle.ts";
import type { AdminPages } from "./types.ts";

export type AdminParts = {
  readonly config: Config;
  readonly reader: Reader;
  readonly pages: Pages;
  readonly metrics: Metrics;
  readonly threshold: Threshold;
  readonly sendAlert: SendAlert;
  readonly turnsWaiting: () => number;
  readonly log: Logger;
  readonly cost?: ScryptCost;
};

/** The administration, listening on its own port; null where that is closed. */
export type Administration = { readonly port: number; readonly close: () => Promise<void> };

/** Opens the administration if a port is named for it. Errors: `try_later` for a port in use, `config` for an address. */
export async function startAdministration(parts: AdminParts): Promise<Administration | null> {
  const { config, pages } = parts;
  const { adminPort: port, adminHost: host } = config;
  if (port === null) return null;
  let opened = port;
  const origin = () => new URL(config.adminUrl ?? `http://localhost:${opened}`).origin;
  const desk = await createDesk(parts, await pages.admin(), origin);
  const app = await createAdminServer(desk, pages.assets);
  const place = { host, port, hostFlag: "--admin-host", portFlag: "--admin-port" };
  await listening(() => app.listen({ host, port }), place).catch(async (error) => {
    await app.close();
    throw error;
  });
  // A TCP server that listens has such an address.
  opened = (app.server.address() as AddressInfo).port;
  return { port: opened, close: () => app.close() };
}

async function createDesk(parts: AdminParts, adminPages: AdminPages, origin: () => string): Promise<Desk> {
  const { config, reader, pages, metrics, threshold, sendAlert, turnsWaiting, log, cost } = parts;
  const { admin } = reader.store;
  const { now } = reader;
  const throttle = createThrottle(admin.accounts, now);
  return {
    ...{ reader, config, pages: adminPages, words: pages, metrics, threshold, sendAlert, turnsWaiting, throttle, log },
    origin,
    audit: createAudit(admin.audit, now),
    sessions: createSessions(admin, now),
    signIn: await createPasswordSignIn({ accounts: admin.accounts, throttle, now, ...(cost && { cost }) }),
    passkeys: createPasskeys(admin.passkeys, origin, now),
    startedAt: now(),
  };
}
