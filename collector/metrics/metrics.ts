import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { EpochMs } from "../analysis/types.ts";
import type { Meter } from "../ingest/meter.ts";

export type JobRun = { readonly job: string; readonly ok: boolean; readonly at: EpochMs; readonly seconds: number };

/** What the collector counts of its own work. No label names a probe, a reader or an address. */
export type Metrics = {
  readonly registry: Registry;
  readonly meter: Meter;
  /** Runs a job and counts how it ended. Its error goes on. */
  readonly timed: <T>(job: string, work: () => Promise<T>) => Promise<T>;
  /** The last run of each job. */
  readonly jobs: () => readonly JobRun[];
  readonly request: (route: string, status: number) => void;
  readonly signIn: (result: "passed" | "refused" | "paused") => void;
  readonly alertTry: (channel: string, result: "sent" | "failed" | "dead") => void;
  /** Alerts for which the outbox had no room. */
  readonly alertsDropped: (count: number) => void;
  /** How many deliveries were refused for a signature since the start. */
  readonly rejectedSignatures: () => number;
  readonly ready: { is: boolean };
};

const LAG_SECONDS = [1, 5, 15, 60, 300, 900, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400];
const PREFIX = "kuager_";

/** Counters of one collector, in a registry of their own. `defaults` adds those of the process (event loop, memory). */
export function createMetrics({ defaults = false }: { defaults?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (defaults) collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `${PREFIX}${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const requests = counter("http_requests_total", "Requests of readers and probes by route.", ["route", "status"]);
  const signIns = counter("sign_ins_total", "Tries to sign in to the administration.", ["result"]);
  const tries = counter("alert_tries_total", "Tries to deliver an alert.", ["channel", "result"]);
  const dropped = counter("alerts_dropped_total", "Alerts for which the outbox had no room.", []);
  const ready = { is: false };
  new Gauge({
    name: `${PREFIX}ready`,
    help: "1 after the analysis was rebuilt and until the collector is told to stop.",
    registers: [registry],
    collect() {
      this.set(ready.is ? 1 : 0);
    },
  });
  const ingest = ingestMeter(registry, counter);
  return {
    registry,
    ready,
    ...ingest,
    ...jobMetrics(registry, counter),
    request: (route, status) => requests.inc({ route, status: String(status) }),
    signIn: (result) => signIns.inc({ result }),
    alertTry: (channel, result) => tries.inc({ channel, result }),
    alertsDropped: (count) => dropped.inc(count),
  };
}

type MakeCounter = <L extends string>(name: string, help: string, labels: readonly L[]) => Counter<L>;

function ingestMeter(registry: Registry, counter: MakeCounter): Pick<Metrics, "meter" | "rejectedSignatures"> {
  const entries = counter("entries_total", "Entries of probes that were stored.", []);
  const deliveries = counter("deliveries_total", "Deliveries and greetings by result; `accepted`, or why not.", [
    "result",
  ]);
  const lag = new Histogram({
    name: `${PREFIX}upload_lag_seconds`,
    help: "Age of the oldest entry of a delivery when it was stored.",
    buckets: LAG_SECONDS,
    registers: [registry],
  });
  let rejectedSignatures = 0;
  return {
    rejectedSignatures: () => rejectedSignatures,
    meter: {
      accepted: (count, lagMs) => {
        entries.inc(count);
        deliveries.inc({ result: "accepted" });
        lag.observe(Math.max(0, lagMs) / 1000);
      },
      refused: (code) => {
        deliveries.inc({ result: code });
        if (code === "bad_signature") rejectedSignatures += 1;
      },
    },
  };
}

/** Jobs by the label `task`: `job` is Prometheus' own name for what it scrapes. */
function jobMetrics(registry: Registry, counter: MakeCounter): Pick<Metrics, "timed" | "jobs"> {
  const runs = counter("job_runs_total", "Runs of periodic jobs.", ["task", "result"]);
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `${PREFIX}${name}`, help, labelNames: ["task"], registers: [registry] });
  const success = gauge("job_last_success_timestamp_seconds", "When a job last ended well.");
  const took = gauge("job_last_duration_seconds", "How long the last run of a job took.");
  const last = new Map<string, JobRun>();
  const done = (job: string, ok: boolean, startedMs: number) => {
    const run = { job, ok, at: Date.now(), seconds: (performance.now() - startedMs) / 1000 };
    last.set(job, run);
    runs.inc({ task: job, result: ok ? "ok" : "failed" });
    took.set({ task: job }, run.seconds);
    if (ok) success.set({ task: job }, run.at / 1000);
  };
  return {
    jobs: () => [...last.values()],
    timed: async (job, work) => {
      const startedMs = performance.now();
      try {
        const result = await work();
        done(job, true, startedMs);
        return result;
      } catch (error) {
        done(job, false, startedMs);
        throw error;
      }
    },
  };
}
