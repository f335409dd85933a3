import type { Logger } from "pino";
import { createChannels } from "./alerts/channels.ts";
import { startAlerts } from "./alerts/service.ts";
import type { Reader } from "./api/reader.ts";
import type { Pages } from "./api/types.ts";
import type { Config } from "./config.ts";
import { logIdentity } from "./evidence/log-identity.ts";
import { createAddresses } from "./feeds/addresses.ts";
import type { Metrics } from "./metrics.ts";
import { readJobs, startFetching } from "./outside/jobs.ts";
import { createOutward } from "./outward.ts";

export type ServiceParts = {
  readonly config: Config;
  readonly reader: Reader;
  readonly pages: Pages;
  readonly metrics: Metrics;
  readonly log: Logger;
};

/** What a collector does beside collecting and answering: it tells subscribers, and fetches what others measured. */
export type Services = { readonly close: () => Promise<void> };

/** Starts them, as far as they are wanted. Errors: `config` for a file of jobs that cannot be read. */
export async function startServices({ config, reader, pages, metrics, log }: ServiceParts): Promise<Services> {
  const { store, catalogue } = reader;
  const jobs = config.outsideJobs === null ? [] : readJobs(config.outsideJobs);
  const outward = await createOutward(config.proxy);
  const stop = new AbortController();
  const { origin } = await logIdentity(store);
  const { notice, testNotice } = pages;
  const words = { notice, testNotice, names: catalogue.names, addresses: createAddresses(config.publicUrl, origin) };
  const alerts = startAlerts({
    ...{ store, words, metrics },
    send: createChannels(config, outward, { stop: stop.signal }),
    log: log.child({ part: "alerts" }),
  });
  const fetching = startFetching(jobs, {
    ...{ table: store.admin.outside, outward, token: config.outsideToken, timed: metrics.timed },
    log: log.child({ part: "outside" }),
  });
  return {
    close: async () => {
      const closing = Promise.all([alerts.close(), fetching.close()]);
      stop.abort();
      await outward.close();
      await closing;
    },
  };
}
