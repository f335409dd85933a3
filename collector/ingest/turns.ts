import { CodedError } from "../../protocol/coded-error.ts";
import type { EpochMs } from "../analysis/types.ts";

/** Work that changes what is stored, one piece after another. */
export type Turns = {
  /**
   * Runs `work` after all earlier work, with a time later than every turn before, whatever the system clock does.
   * Error: `try_later` when too much waits.
   */
  run: <T>(work: (at: EpochMs) => Promise<T>) => Promise<T>;
  /** Resolves when all that was asked for so far is done. */
  idle: () => Promise<void>;
  /** How many wait or run. */
  waiting: () => number;
};

/**
 * A queue of one worker. The order of turns is the order of receive times, which is the order in which an analysis
 * is replayed later; `after` is the latest receive time already stored.
 */
export function createTurns(now: () => EpochMs = Date.now, after: EpochMs = 0, bound = 10_000): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let latest = after;
  let waiting = 0;
  return {
    run: (work) => {
      if (waiting >= bound) return Promise.reject(new CodedError("try_later", "The collector is too busy."));
      waiting += 1;
      const turn = last.then(() => {
        latest = Math.max(latest + 1, now());
        return work(latest);
      });
      last = turn.then(
        () => (waiting -= 1),
        () => (waiting -= 1),
      );
      return turn;
    },
    idle: async () => void (await last),
    waiting: () => waiting,
  };
}
