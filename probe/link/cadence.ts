import { collectorWord } from "./collectors.ts";
import type { Sensed } from "./sense.ts";

/** An entry is written this often whatever happens. */
export const REPEAT_MS = 300_000;
/** A change for the worse is looked at again this often, so many times at most, until two looks agree. */
export const SETTLE = { everyMs: 3000, looks: 4 };
/** Looks are this close for a while after a change. */
const AFTER_CHANGE = { everyMs: 4000, forMs: 30_000 };
/** While the line is bad every look is one in full, so that the end is known as well as the beginning. */
const BAD_MS = 10_000;

/** Whether the line works, so that cheap looks are enough to say that it still does. */
export function isWell({ state, condition }: Sensed): boolean {
  return state === "international" && condition === "open";
}

/** Whether nothing is amiss at all, the collector included. */
export function isBest(sensed: Sensed): boolean {
  return isWell(sensed) && collectorWord(sensed.collector) !== "unreachable";
}

/** Time from the beginning of one look to that of the next: `linkS` (spread by a twentieth) on a quiet line. */
export function periodMs(linkS: number, sensed: Sensed | null, sinceChangeMs: number, random: () => number): number {
  const calmMs = linkS * 1000 * (0.95 + 0.1 * random());
  if (sensed === null) return calmMs;
  if (sinceChangeMs < AFTER_CHANGE.forMs) return Math.min(calmMs, AFTER_CHANGE.everyMs);
  return isWell(sensed) ? calmMs : Math.min(calmMs, BAD_MS);
}
