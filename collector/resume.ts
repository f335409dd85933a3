import type { EpochMs } from "./analysis/types.ts";
import { ALIVE_KEY } from "./store/keys.ts";
import type { Store } from "./store/store.ts";

/**
 * Records that the collector did not run since it was last known to: presences end at their last beat, and the time
 * between is a gap, so that nobody mistakes our silence for theirs.
 */
export async function resumeAfterGap(store: Store, startedAt: EpochMs): Promise<void> {
  const alive = await store.state.get(ALIVE_KEY);
  if (alive !== null && Number(alive) < startedAt) await store.gaps.add({ from: Number(alive), to: startedAt });
  await store.presence.closeAll(startedAt);
  await store.dnsPresence.closeAll(startedAt);
  await store.presence.beats([], startedAt);
}
