import type { Logger } from "pino";
import type { ProbeClock } from "../clock.ts";
import { cadenceOf } from "./cadence.ts";
import type { RoundResult } from "./round.ts";
import { startTicker, type Ticker } from "./ticker.ts";

export type RoundsOptions = {
  clock: ProbeClock;
  log: Logger;
  roundS: number;
  /** Measures these targets once; null means all that are agreed. */
  round: (targets: readonly string[] | null, signal: AbortSignal) => Promise<RoundResult>;
  random?: () => number;
};

/** Rounds in their cadence, one at a time. */
export type Rounds = {
  /** Takes a new cadence from now on. */
  setCadence: (roundS: number) => void;
  /** Asks for an extra round of some targets. One at most waits; they are a minute apart, or a cadence if shorter. */
  extra: (targets: readonly string[]) => void;
  /** Ends the timers; resolves when the round under way has ended. */
  close: () => Promise<void>;
};

const EXTRA_GAP_MS = 60_000;
const EXTRA_MAX = 64;
/** Longest random wait before a round, and its share of the cadence: no two probes start together. */
const SPREAD = { mostMs: 30_000, share: 0.1 };

/** Starts rounds: the first at once, then by node-cron. Rounds never overlap; a tick during one is left out. */
export function startRounds(options: RoundsOptions, signal: AbortSignal): Rounds {
  const { clock, log, random = Math.random } = options;
  let cadence = cadenceOf(options.roundS);
  let lastTickMono: number | null = null;
  let lastExtraMono: number | null = null;
  let wanted: Set<string> | null = null;
  let running: Promise<unknown> | null = null;
  let ticker: Ticker | null = null;
  const timers = new Set<NodeJS.Timeout>();

  const start = (targets: readonly string[] | null) => {
    // Not before: node-cron brings megabytes of calendar data into memory, and no tick before now is due.
    ticker ??= startTicker(cadence.cron, clock, tick);
    running = options
      .round(targets, signal)
      .catch((error: unknown) => log.error({ err: error }, "a fault in a round"))
      .finally(() => {
        running = null;
        startExtra();
      });
  };
  const later = (waitMs: number, what: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!signal.aborted && running === null) what();
    }, waitMs);
    timers.add(timer);
  };
  const tick = () => {
    const now = clock.monoMs();
    if (signal.aborted || running !== null) return;
    if (lastTickMono !== null && now - lastTickMono < cadence.dueAfterMs) return;
    lastTickMono = now;
    later(random() * Math.min(cadence.everyMs * SPREAD.share, SPREAD.mostMs), () => start(null));
  };
  const startExtra = () => {
    if (wanted === null || running !== null || signal.aborted) return;
    const nextMono = lastExtraMono === null ? 0 : lastExtraMono + Math.min(EXTRA_GAP_MS, cadence.everyMs);
    if (clock.monoMs() < nextMono) return later(nextMono - clock.monoMs(), startExtra);
    const targets = [...wanted];
    wanted = null;
    lastExtraMono = clock.monoMs();
    start(targets);
  };
  tick();
  return {
    setCadence: (roundS) => {
      if (roundS * 1000 === cadence.everyMs) return;
      cadence = cadenceOf(roundS);
      ticker?.setCron(cadence.cron);
    },
    extra: (targets) => {
      wanted = new Set([...(wanted ?? []), ...targets].slice(0, EXTRA_MAX));
      startExtra();
    },
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      ticker?.close();
      await running;
    },
  };
}
