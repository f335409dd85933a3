import { freshCheckpoint } from "./evidence/checkpoints.ts";
import type { Gateway } from "./ingest/gateway.ts";
import type { Intake } from "./ingest/intake.ts";
import { probeInfo } from "./ingest/join.ts";
import { refusal } from "./ingest/refusal.ts";
import type { AnalysisRunner } from "./judging/analysis-runner.ts";

const SWEEP_MS = 1000;
const MAINTAIN_MS = 6 * 3_600_000;

export type KeepingParts = {
  readonly intake: Intake;
  readonly gateway: Gateway;
  readonly runner: Pick<AnalysisRunner, "rebuildAfterImport">;
  readonly heartbeatS: number;
  readonly checkpointS: number;
  /** Runs a job by its name and counts how it ended. */
  readonly timed: <T>(job: string, work: () => Promise<T>) => Promise<T>;
};

/**
 * What the collector does by the clock: finds probes that fell silent and stores that it is alive (each second),
 * lets the analysis know that time passes and looks for changes made by other commands (each heartbeat), signs the head
 * of the log when it has grown, refreshes the planner's statistics (every six hours). `close` waits for what runs.
 */
export function startKeeping({ intake, gateway, runner, heartbeatS, checkpointS, timed }: KeepingParts): {
  close: () => Promise<void>;
} {
  const { presence, dnsPresence, turns, feed, store, log } = intake;
  let seenChange = Date.now();

  async function noticeChanges(): Promise<void> {
    const lookedAt = Date.now();
    for (const probe of await store.probes.changedSince(seenChange)) {
      if (probe.left === null) continue;
      await turns.run((at) => feed([{ type: "probe", at, probe: probeInfo(probe) }], at));
      if (probe.revoked)
        gateway.drop(probe.id, refusal("revoked", "This probe was revoked by the people who run the collector."));
    }
    seenChange = lookedAt;
  }

  const tick = async () => {
    await noticeChanges();
    await turns.run(() => runner.rebuildAfterImport());
    await turns.run((at) => feed([{ type: "tick", at }], at));
  };
  const jobs = [
    repeat("sweep", SWEEP_MS, () => presence.sweep()),
    repeat("sweep of beats over DNS", SWEEP_MS, () => dnsPresence.sweep()),
    repeat("tick", heartbeatS * 1000, tick),
    repeat("checkpoint", checkpointS * 1000, () => turns.run(async (at) => void (await freshCheckpoint(store, at)))),
    repeat("maintain", MAINTAIN_MS, () => store.maintain()),
  ];
  function repeat(job: string, everyMs: number, work: () => Promise<void>) {
    let running: Promise<void> = Promise.resolve();
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      running = timed(job, work)
        .catch((error: unknown) => log.warn({ err: error, job }, "a periodic job failed; it will run again"))
        .finally(() => {
          busy = false;
        });
    }, everyMs);
    return {
      close: async () => {
        clearInterval(timer);
        await running;
      },
    };
  }
  return {
    close: async () => {
      await Promise.all(jobs.map((job) => job.close()));
      for (const one of [presence, dnsPresence])
        await one.flush().catch((error: unknown) => log.warn({ err: error }, "the last beats could not be stored"));
      await turns.idle();
    },
  };
}
