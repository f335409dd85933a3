import type { Logger } from "pino";
import { type Administration, startAdministration } from "./admin/start.ts";
import { createChannels } from "./alerts/channels.ts";
import { startAlerts } from "./alerts/service.ts";
import type { Reader } from "./api/reader.ts";
import type { Threshold } from "./api/threshold.ts";
import type { Pages } from "./api/types.ts";
import type { Config } from "./config.ts";
import { logIdentity } from "./evidence/log-identity.ts";
import { createAddresses } from "./feeds/addresses.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { readJobs, startFetching } from "./outside/jobs.ts";
import { createOutward } from "./outward.ts";

export type ServiceParts = {
  readonly config: Config;
  readonly reader: Reader;
  readonly pages: Pages;
  readonly metrics: Metrics;
  readonly threshold: Threshold;
  readonly turnsWaiting: () => number;
  readonly log: Logger;
};

/** What a collector does beside collecting and answering: it tells subscribers, fetches what others measured, is run. */
export type Services = {
  /** Port of the administration; null when it is closed. */
  readonly adminPort: number | null;
  readonly close: () => Promise<void>;
};

/**
 * Starts them, as far as they are wanted. Errors: `config` for a file of jobs that cannot be read or an address,
 * `try_later` for the port of the administration.
 */
export async function startServices(parts: ServiceParts): Promise<Services> {
  const { config, reader, pages, metrics, threshold, turnsWaiting, log } = parts;
  const { store, catalogue } = reader;
  const jobs = config.outsideJobs === null ? [] : readJobs(config.outsideJobs);
  const outward = await createOutward(config.proxy);
  const stop = new AbortController();
  const { origin } = await logIdentity(store);
  const { notice, testNotice } = pages;
  const addresses = createAddresses(config.publicUrl, origin);
  const words = { notice, testNotice, names: catalogue.names, addresses, enoughProbes: threshold.enough };
  const send = createChannels(config, outward, { stop: stop.signal });
  const administration: Administration | null = await startAdministration({
    ...{ config, reader, pages, metrics, threshold, turnsWaiting, sendAlert: send, log: log.child({ part: "admin" }) },
  });
  const alerts = startAlerts({
    ...{ store, words, metrics, send },
    log: log.child({ part: "alerts" }),
  });
  const fetching = startFetching(jobs, {
    ...{ table: store.admin.outside, outward, token: config.outsideToken, timed: metrics.timed },
    log: log.child({ part: "outside" }),
  });
  return {
    adminPort: administration?.port ?? null,
    close: async () => {
      const closing = Promise.all([alerts.close(), fetching.close(), administration?.close()]);
      stop.abort();
      await outward.close();
      await closing;
    },
  };
}
