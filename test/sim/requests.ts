import type { EpochMs } from "../../collector/analysis/types.ts";

/** Rounds that the collector asks for after an anomaly. */
export type Requests = {
  ask: (area: string, target: string, at: EpochMs) => void;
  /** Targets asked of an area, or (null) of the controls, from one moment to another. */
  of: (area: string | null, after: EpochMs, by: EpochMs) => string[];
};

/** The anomaly is delivered and judged, and the task pushed. */
const NOTICE_MS = 60_000;
/** At most one extra round in five minutes (detection.md 7.2, speed-up), and six in three hours (requested-rounds). */
const PAUSE_MS = 300_000;
const MOST = 6;
const WINDOW_MS = 10_800_000;
const KEPT = 2000;

/**
 * Requests of a scenario: an anomaly of any probe makes all probes of its area, and the controls, measure the target
 * once more a minute later.
 */
export function createRequests(): Requests {
  const latest = new Map<string, EpochMs[]>();
  const all: { area: string; target: string; at: EpochMs }[] = [];
  return {
    ask: (area, target, at) => {
      const key = `${area} ${target}`;
      const due = at + NOTICE_MS;
      const times = (latest.get(key) ?? []).filter((time) => due - time < WINDOW_MS);
      if (times.length >= MOST || due - (times.at(-1) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return;
      latest.set(key, [...times, due]);
      all.push({ area, target, at: due });
      if (all.length > KEPT) all.shift();
    },
    of: (area, after, by) => [
      ...new Set(
        all
          .filter((one) => one.at > after && one.at <= by && (area === null || one.area === area))
          .map(({ target }) => target),
      ),
    ],
  };
}
