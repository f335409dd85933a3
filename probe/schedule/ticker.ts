import { createTask } from "node-cron";
import type { ProbeClock } from "../clock.ts";

/** A cron task that survives wall clocks being set. */
export type Ticker = { setCron: (cron: string) => void; close: () => void };

const WATCH_MS = 1000;
/** A wall clock that moved this much against monotonic time was set. */
const CLOCK_JUMP_MS = 5000;
const SILENT = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

/**
 * Calls back at each moment of a cron expression. When the host's wall clock is set (a Pi without a clock of its own,
 * at boot) the task is made anew: node-cron would otherwise wait for a moment that has gone, or walk through every
 * moment it thinks it has missed.
 */
export function startTicker(cron: string, clock: ProbeClock, onTick: () => void): Ticker {
  let expression = cron;
  const schedule = () => {
    const fresh = createTask(expression, onTick, { suppressMissedWarning: true, logger: SILENT });
    void fresh.start();
    return fresh;
  };
  let task = schedule();
  const renew = () => {
    void task.destroy();
    task = schedule();
  };
  let wallMinusMono = clock.wallMs() - clock.monoMs();
  const watch = setInterval(() => {
    const difference = clock.wallMs() - clock.monoMs();
    if (Math.abs(difference - wallMinusMono) > CLOCK_JUMP_MS) renew();
    wallMinusMono = difference;
  }, WATCH_MS);
  return {
    setCron: (next) => {
      expression = next;
      renew();
    },
    close: () => {
      clearInterval(watch);
      void task.destroy();
    },
  };
}
