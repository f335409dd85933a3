import type { EpochMs } from "../analysis/types.ts";
import type { Window } from "./store.ts";

/** Smallest and largest number at once. */
export type Count = { low: number; high: number };

export type LevelInput = {
  /** Times during which single probes were present. */
  readonly spans: readonly Window[];
  /** Times about which nothing is known. */
  readonly gaps: readonly Window[];
  readonly window: Window;
  readonly stepMs: number;
};

/**
 * How many spans hold at once in each step (numbered from 1970) that a window touches: judged by the part of the step
 * that lies in the window and outside of gaps. Steps in which nothing held, or about which nothing is known, are left out.
 */
export function countsByStep({ spans, gaps, window, stepMs }: LevelInput): Map<number, Count> {
  const counts = new Map<number, Count>();
  for (const { from, to, present } of levels(spans, gaps, window)) {
    if (present === null) continue;
    for (let step = Math.floor(from / stepMs); step * stepMs < to; step++) {
      const count = counts.get(step);
      if (count === undefined) counts.set(step, { low: present, high: present });
      else {
        count.low = Math.min(count.low, present);
        count.high = Math.max(count.high, present);
      }
    }
  }
  for (const [step, { high }] of counts) if (high === 0) counts.delete(step);
  return counts;
}

type Level = Window & { readonly present: number | null };
type Edge = { readonly at: EpochMs; readonly present: number; readonly gap: number };

/** The window cut at every change: how many are present in each piece, null inside gaps. */
function levels(spans: readonly Window[], gaps: readonly Window[], window: Window): Level[] {
  const edges: Edge[] = [
    ...spans.flatMap(({ from, to }) => [
      { at: from, present: 1, gap: 0 },
      { at: to, present: -1, gap: 0 },
    ]),
    ...gaps.flatMap(({ from, to }) => [
      { at: from, present: 0, gap: 1 },
      { at: to, present: 0, gap: -1 },
    ]),
    { at: window.to, present: 0, gap: 0 },
  ].sort((a, b) => a.at - b.at);
  const found: Level[] = [];
  let [at, present, gap] = [window.from, 0, 0];
  for (const edge of edges) {
    const until = Math.min(edge.at, window.to);
    if (until > at) {
      found.push({ from: at, to: until, present: gap > 0 ? null : present });
      at = until;
    }
    present += edge.present;
    gap += edge.gap;
  }
  return found;
}
