import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { LinkState } from "../../protocol/records/link.ts";
import type { ProbeClock } from "../clock.ts";
import { agreedTime, type DateReading } from "./dates.ts";

export type KeepTimeOptions = {
  clock: ProbeClock;
  log: Logger;
  state: () => LinkState | null;
  readDates: (signal: AbortSignal) => Promise<DateReading[]>;
  everyMs?: number;
};

/** Looks whether the time is in doubt this often, and asks no oftener than this. */
const EVERY_MS = 60_000;
const ASK_LEAST_MS = 600_000;
/** The collector is given this long to be heard first. */
const PATIENCE_MS = 60_000;
/** With a bound beyond this the time is in doubt: a collector's word loses 100 ppm, so after some five hours. */
const BOUND_MS = 2000;

/**
 * While the collector is away, asks anchors for the time as long as it is not known to two seconds. Ends with the
 * signal.
 */
export async function keepTime(options: KeepTimeOptions, signal: AbortSignal): Promise<void> {
  const { clock, everyMs = EVERY_MS } = options;
  const startedMono = clock.monoMs();
  let askedMono = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const now = clock.monoMs();
    const { source, boundMs = 0 } = clock.offset();
    const isInDoubt = source === "none" || boundMs > BOUND_MS;
    const wasPatient = now - startedMono >= Math.min(PATIENCE_MS, everyMs);
    const isOnline = options.state() === "domestic" || options.state() === "international";
    if (isInDoubt && wasPatient && isOnline && now - askedMono >= Math.min(ASK_LEAST_MS, 10 * everyMs)) {
      askedMono = now;
      await askAnchors(options, signal);
    }
    await sleep(everyMs, null, { signal }).catch(() => {});
  }
}

async function askAnchors({ clock, log, readDates }: KeepTimeOptions, signal: AbortSignal): Promise<void> {
  const readings = await readDates(signal).catch((error: unknown) => {
    log.error({ err: error }, "a fault while asking for the time");
    return [];
  });
  const agreed = agreedTime(readings);
  log.info({ operators: readings.length, agreed: agreed !== null }, "asked anchors for the time");
  if (agreed !== null) clock.learnDates(agreed.trueMinusMonoMs, agreed.errorMs, clock.monoMs());
}
