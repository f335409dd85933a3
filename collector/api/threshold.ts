import type { StateTable } from "../store/store.ts";
import { ENOUGH_PROBES, LEAST_PROBES, useEnoughProbes } from "./enough-probes.ts";

export { LEAST_PROBES } from "./enough-probes.ts";
/** More than this would hide whole networks of probes for no one's good. */
export const MOST_PROBES = 50;

const KEY = "enough-probes";

/** The threshold in force. */
export function enoughProbes(): number {
  return ENOUGH_PROBES;
}

/** Takes the threshold that was stored; without one, or with one that is none, the least. */
export async function loadEnoughProbes(state: Pick<StateTable, "get">): Promise<void> {
  const stored = Number((await state.get(KEY)) ?? LEAST_PROBES);
  useEnoughProbes(Number.isInteger(stored) && stored <= MOST_PROBES ? stored : LEAST_PROBES);
}

/** Stores the threshold and brings it into force; never below {@link LEAST_PROBES}. */
export async function setEnoughProbes(state: Pick<StateTable, "set">, count: number): Promise<void> {
  await state.set(KEY, String(count));
  useEnoughProbes(count);
}
