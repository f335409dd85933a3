import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { median } from "./statistics.ts";

/** How often a target is measured, learned from the records themselves. */
export type Cadence = {
  /** A probe measured a target of this cell at a true time. */
  saw: (cell: string, probe: string, at: EpochMs) => void;
  /** Milliseconds from one round to the next in a cell; of all cells where it is not known yet. */
  of: (cell: string) => number;
};

/** Median of the latest intervals between two measurements of one target by one probe. */
export function createCadence(settings: Settings): Cadence {
  const lastAt = new Map<string, EpochMs>();
  const intervals = new Map<string, number[]>();
  const everywhere: number[] = [];
  const medians = new Map<string, number>();
  const remember = (list: number[], value: number) => {
    list.push(value);
    if (list.length > settings.cadenceMemory) list.shift();
  };
  return {
    saw: (cell, probe, at) => {
      const key = `${cell}|${probe}`;
      const before = lastAt.get(key);
      if (before === undefined || at > before) lastAt.set(key, at);
      const interval = at - (before ?? at);
      if (interval < settings.minCadenceMs || interval > settings.maxCadenceMs) return;
      const own = intervals.get(cell) ?? [];
      remember(own, interval);
      remember(everywhere, interval);
      intervals.set(cell, own);
      medians.set(cell, median(own) ?? interval);
    },
    of: (cell) => medians.get(cell) ?? median(everywhere) ?? settings.defaultCadenceMs,
  };
}
