import type { Settings } from "./settings.ts";
import type { EpochMs } from "./types.ts";

/** A measurement that was left open, with the cadence by which controls are near enough. */
export type Open = { measuredAt: EpochMs; cadenceMs: number };

/** Measurements that were called inconclusive, by target, until controls that come late may tell more. */
export type SecondLook<O extends Open> = {
  keep: (target: string, one: O, now: EpochMs) => void;
  drop: (target: string, one: O) => void;
  /** Those near enough to a control's result at `moment`, in the order they were kept. */
  near: (target: string, moment: EpochMs, now: EpochMs) => O[];
};

/**
 * An empty memory. It keeps measurements for as long as control results are kept, so many a target and so many in all;
 * beyond that the one kept longest is forgotten and stays inconclusive.
 */
export function createSecondLook<O extends Open>(
  settings: Settings,
  isNear: (one: O, moment: EpochMs) => boolean,
): SecondLook<O> {
  const byTarget = new Map<string, Set<O>>();
  const targetOf = new Map<O, string>();
  const drop = (target: string, one: O) => {
    const ofTarget = byTarget.get(target);
    ofTarget?.delete(one);
    if (ofTarget?.size === 0) byTarget.delete(target);
    targetOf.delete(one);
  };
  const forgetOldest = (from: Iterable<O>) => {
    for (const oldest of from) {
      drop(targetOf.get(oldest) ?? "", oldest);
      return;
    }
  };
  const isOld = ({ measuredAt }: O, now: EpochMs) => now - measuredAt > settings.controlKeepMs;
  return {
    keep: (target, one, now) => {
      if (isOld(one, now)) return;
      const ofTarget = byTarget.get(target) ?? new Set<O>();
      byTarget.set(target, ofTarget);
      ofTarget.add(one);
      targetOf.set(one, target);
      if (ofTarget.size > settings.openKept) forgetOldest(ofTarget);
      if (targetOf.size > settings.openKeptInAll) forgetOldest(targetOf.keys());
    },
    drop,
    near: (target, moment, now) => {
      const found: O[] = [];
      for (const one of [...(byTarget.get(target) ?? [])])
        if (isOld(one, now)) drop(target, one);
        else if (isNear(one, moment)) found.push(one);
      return found;
    },
  };
}
