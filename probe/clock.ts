import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import type { Clock } from "../protocol/records/entry.ts";

/** Times as the probe knows them. Intervals come from `monoMs`; wall clocks without a battery lie. */
export type ProbeClock = {
  /** Changes with every boot of the host. */
  readonly boot: string;
  /** Milliseconds since the host's boot; never goes back. */
  monoMs: () => number;
  /** The host's own wall clock, in milliseconds since 1970. */
  wallMs: () => number;
  /** How the wall clock stands to true time at this moment. */
  offset: () => Clock;
  /** Takes a collector's time: its words, and our monotonic time when the question left and the answer came. */
  learn: (collectorMs: number, sentMono: number, receivedMono: number) => void;
};

/** An answer older than this is replaced by any newer one, however slow that was. */
const STALE_MS = 600_000;

/**
 * Starts the clock. Monotonic time is anchored once at the host's uptime. Offsets are kept against monotonic time, so
 * that a wall clock set right (or wrong) between two answers does not spoil them; the quickest answers win.
 */
export function createClock(
  wallMs: () => number = Date.now,
  tickMs: () => number = () => performance.now(),
): ProbeClock {
  const bootedAtTick = uptime() * 1000 - tickMs();
  const monoMs = () => bootedAtTick + tickMs();
  let known: { trueMinusMonoMs: number; roundTripMs: number; atMono: number } | null = null;
  return {
    boot: bootId(),
    monoMs,
    wallMs,
    offset: () =>
      known === null
        ? { offsetMs: 0, source: "none" }
        : { offsetMs: Math.round(known.trueMinusMonoMs + monoMs() - wallMs()), source: "collector" },
    learn: (collectorMs, sentMono, receivedMono) => {
      const roundTripMs = receivedMono - sentMono;
      const better =
        known === null || roundTripMs <= known.roundTripMs * 1.5 + 20 || receivedMono - known.atMono > STALE_MS;
      if (!better || !Number.isFinite(collectorMs)) return;
      known = {
        trueMinusMonoMs: collectorMs - (sentMono + receivedMono) / 2,
        roundTripMs,
        atMono: receivedMono,
      };
    },
  };
}

/** The kernel's boot id; where there is none, a random one for each start of the process. */
function bootId(): string {
  try {
    const text = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return text === "" ? randomUUID() : text.slice(0, 64);
  } catch {
    return randomUUID();
  }
}

/** A time as records carry it: RFC 3339 UTC with milliseconds. */
export function utc(ms: number): string {
  return new Date(ms).toISOString();
}
