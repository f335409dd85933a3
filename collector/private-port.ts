import type { Config } from "./config.ts";
import { listening } from "./listening.ts";
import { addGauges, type Watched } from "./metrics/gauges.ts";
import { createMetrics, type Metrics } from "./metrics/metrics.ts";
import { serveMetrics } from "./metrics/server.ts";

/** What the collector counts, and the port on which those who run it ask for it. */
export type PrivatePort = {
  readonly metrics: Metrics;
  /** Null when it is closed. */
  readonly port: number | null;
  /** Lets gauges look at an open store, and says that the collector is ready. */
  watch: (watched: Omit<Watched, "folder">) => void;
  close: () => Promise<void>;
};

/** Opens the private port if one is wanted. Errors: `try_later` for a port in use, `config` for an address. */
export async function openPrivatePort(config: Config): Promise<PrivatePort> {
  const { metricsPort, metricsHost: host } = config;
  const metrics = createMetrics({ defaults: metricsPort !== null });
  const flags = { host, port: metricsPort ?? 0, hostFlag: "--metrics-host", portFlag: "--metrics-port" };
  const server =
    metricsPort === null ? null : await listening(() => serveMetrics(metrics, { host, port: metricsPort }), flags);
  return {
    metrics,
    port: server?.port ?? null,
    watch: (watched) => {
      if (server !== null) addGauges(metrics.registry, { ...watched, folder: config.data });
      metrics.ready.is = true;
    },
    close: async () => server?.close(),
  };
}
