import type { EpochMs } from "./types.ts";

type Task = { at: EpochMs; run: (now: EpochMs) => void };

/** Work to be done when stream time reaches a moment. Tasks of one moment run in the order they were added. */
export type Agenda = {
  add: (at: EpochMs, run: (now: EpochMs) => void) => void;
  /** Runs all that is due up to and including `until`, each at its own moment, so that results never depend on how
   * often somebody looks. Tasks may add tasks. */
  runUntil: (until: EpochMs) => void;
};

/** A sorted list: moments mostly come in order, so adding is cheap. */
export function createAgenda(): Agenda {
  const tasks: Task[] = [];
  return {
    add: (at, run) => {
      let index = tasks.length;
      while (index > 0 && (tasks[index - 1]?.at ?? at) > at) index--;
      tasks.splice(index, 0, { at, run });
    },
    runUntil: (until) => {
      for (let next = tasks[0]; next !== undefined && next.at <= until; next = tasks[0]) {
        tasks.shift();
        next.run(next.at);
      }
    },
  };
}
