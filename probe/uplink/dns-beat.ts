import { randomInt } from "node:crypto";
import { uptime } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { bootMark, type DnsBeat, writeBeat } from "../../protocol/dns-beat.ts";
import type { LinkState } from "../../protocol/records/link.ts";
import type { ProbeClock } from "../clock.ts";
import { askServer } from "../measure/dns-server.ts";

export type DnsBeatOptions = {
  /** What the collector said of its zone, if it takes beats so. */
  told: () => DnsBeat | undefined;
  heartbeatS: () => number;
  /** When the collector was last heard on the usual ways, on `performance.now()`. */
  heardMs: () => number;
  clock: ProbeClock;
  lastSeq: () => number;
  link: () => LinkState | null;
  /** The host's own resolvers, as `ip:port`. */
  resolvers: () => readonly string[];
  log: Logger;
};

/** Silence on the usual ways before the first beat: two minutes in the usual cadence. */
const SILENT_BEATS = 4;
/** A beat over DNS goes out this seldom. */
const BEATS_APART = 2;
const ANSWER_MS = 5000;

/**
 * Says over DNS that this host is up, while neither WebSocket nor HTTPS reach the collector: every second heartbeat one
 * question to the host's resolver, and to its next one only when no answer came. Of the answer nothing is read but
 * whether it is one. Ends with the signal; never throws.
 */
export async function keepDnsBeats(options: DnsBeatOptions, signal: AbortSignal): Promise<void> {
  const { told, heartbeatS, heardMs, log } = options;
  let counter = randomInt(2 ** 31);
  let before: boolean | null = null;
  while (!signal.aborted) {
    const beatMs = heartbeatS() * 1000;
    const patienceMs = heardMs() + beatMs * SILENT_BEATS - performance.now();
    const key = told();
    const answered = patienceMs > 0 || key?.secret === undefined ? null : await sendOne(key.zone, key.secret);
    if (answered !== null && answered !== before && !signal.aborted)
      log.info({ route: "dns", answered }, "the probe says over DNS that it is up");
    before = answered;
    await sleep(patienceMs > 0 ? patienceMs : beatMs * BEATS_APART, null, { signal }).catch(() => {});
  }

  async function sendOne(zone: string, secret: string): Promise<boolean> {
    for (const server of options.resolvers()) {
      if (signal.aborted) return false;
      counter = (counter + 1) % 2 ** 32;
      const name = writeBeat(beatNow(options, counter), { zone, secret });
      const asked = await askServer({ server, name, type: "A", timeoutMs: ANSWER_MS, lateMs: 0 }, signal);
      if (asked.answer?.rcode === "NOERROR") return true;
    }
    return false;
  }
}

function beatNow({ clock, lastSeq, link }: DnsBeatOptions, counter: number) {
  return {
    at: Math.floor((clock.wallMs() + clock.offset().offsetMs) / 1000),
    counter,
    seq: lastSeq(),
    boot: bootMark(clock.boot),
    uptimeMinutes: Math.floor(uptime() / 60),
    link: link(),
  };
}
