import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import type { Clock } from "../protocol/records/entry.ts";
import { createFit } from "./time-fit.ts";
import { utcText } from "./utc-text.ts";

/** Times as the probe knows them. Intervals come from `monoMs`; wall clocks without a battery lie. */
export type ProbeClock = {
  /** Changes with every boot of the host. */
  readonly boot: string;
  /** Milliseconds since the host's boot, time asleep included; never goes back. */
  monoMs: () => number;
  /** The host's own wall clock, in milliseconds since 1970. */
  wallMs: () => number;
  /** How the wall clock stands to true time at this moment. */
  offset: () => Clock;
  /** Takes a collector's time: its words, and our monotonic time when the question left and the answer came. */
  learn: (collectorMs: number, sentMono: number, receivedMono: number) => void;
  /** Takes the time as several anchors agree on it: true time less monotonic time, and how wrong it may be. */
  learnDates: (trueMinusMonoMs: number, errorMs: number, atMono: number) => void;
  /** Monotonic time of the collector's last word; null when none was heard. */
  heardMono: () => number | null;
  /** Milliseconds the host was seen to sleep since this process began. */
  sleptMs: () => number;
};

export type ClockSources = {
  wallMs?: () => number;
  /** Monotonic, from any start; may stand still while the host sleeps, as Linux's does. */
  tickMs?: () => number;
  /** Time since boot, sleep included. */
  uptimeMs?: () => number;
  bootIdPath?: string;
};

/** Below this a difference of the two counters is their resolution. */
const SLEEP_LEAST_MS = 1000;

/**
 * Starts the clock. Monotonic time is anchored at the host's uptime, and anchored again when the host has slept, which
 * the uptime counts and the monotonic clock does not (clock_gettime(2), CLOCK_BOOTTIME). Times learned are kept against
 * monotonic time, so that a wall clock set right (or wrong) in between does not spoil them.
 */
export function createClock(sources: ClockSources = {}): ProbeClock {
  const { wallMs = Date.now, tickMs = () => performance.now(), uptimeMs = () => uptime() * 1000 } = sources;
  const started = uptimeMs() - tickMs();
  let slept = 0;
  const monoMs = () => {
    const behindMs = uptimeMs() - (started + slept + tickMs());
    if (behindMs > SLEEP_LEAST_MS) slept += behindMs;
    return started + slept + tickMs();
  };
  const collector = createFit();
  const https = createFit();
  let heard: number | null = null;
  return {
    boot: bootId(sources.bootIdPath ?? "/proc/sys/kernel/random/boot_id"),
    monoMs,
    wallMs,
    offset: () => {
      const now = monoMs();
      const known = [
        { source: "collector" as const, estimate: collector.at(now) },
        { source: "https" as const, estimate: https.at(now) },
      ].flatMap(({ source, estimate }) => (estimate === null ? [] : [{ source, ...estimate }]));
      const best = known.sort((a, b) => a.errorMs - b.errorMs)[0];
      if (best === undefined) return { offsetMs: 0, source: "none" };
      const { source, trueMinusMonoMs, errorMs, driftPpm } = best;
      const offsetMs = Math.round(trueMinusMonoMs + now - wallMs());
      return { offsetMs, source, boundMs: Math.ceil(errorMs), ...(driftPpm !== null && { driftPpm }) };
    },
    learn: (collectorMs, sentMono, receivedMono) => {
      if (!Number.isFinite(collectorMs)) return;
      heard = receivedMono;
      const trueMinusMonoMs = collectorMs - (sentMono + receivedMono) / 2;
      collector.add({ trueMinusMonoMs, errorMs: (receivedMono - sentMono) / 2 + 1, mono: receivedMono });
    },
    learnDates: (trueMinusMonoMs, errorMs, mono) => https.add({ trueMinusMonoMs, errorMs, mono }),
    heardMono: () => heard,
    sleptMs: () => {
      monoMs();
      return slept;
    },
  };
}

/** The kernel's boot id; where there is none, a random one for each start of the process. */
function bootId(path: string): string {
  try {
    const text = readFileSync(path, "utf8").trim();
    return text === "" ? randomUUID() : text.slice(0, 64);
  } catch {
    return randomUUID();
  }
}

/** A time as records carry it: RFC 3339 UTC with milliseconds. */
export function utc(ms: number): string {
  return utcText(ms);
}
