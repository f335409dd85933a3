import type { StateTable } from "../store/store.ts";
import { LEAST_PROBES } from "./enough-probes.ts";

export { LEAST_PROBES } from "./enough-probes.ts";
/** More than this would hide whole networks of probes for no one's good. */
export const MOST_PROBES = 50;

const KEY = "enough-probes";

/**
 * Fewest probes that a published cell (network, region, access) may count. Of a smaller one it is only told that it has
 * some: an exact count, or a region beside a measurement, could point at a person. Those who run the collector may raise
 * it. It travels with the reader and with every view that is made of one.
 */
export type Threshold = {
  /** The threshold in force. */
  readonly enough: () => number;
  /** Stores another and brings it into force; never below {@link LEAST_PROBES}. */
  readonly set: (count: number) => Promise<void>;
};

/** The threshold that was stored; without one, or with one that is none, the least. */
export async function openThreshold(state: Pick<StateTable, "get" | "set">): Promise<Threshold> {
  const stored = Number((await state.get(KEY)) ?? LEAST_PROBES);
  let inForce = Number.isInteger(stored) && stored <= MOST_PROBES ? Math.max(LEAST_PROBES, stored) : LEAST_PROBES;
  return {
    enough: () => inForce,
    set: async (count) => {
      await state.set(KEY, String(count));
      inForce = Math.max(LEAST_PROBES, count);
    },
  };
}
