import type { EpochMs } from "../types.ts";

export type Bounds = [from: EpochMs, to: EpochMs];
/** A stretch of time, and how many of the intervals hold its best part. */
export type Agreement = { bounds: Bounds; support: number };

/**
 * Where most intervals agree that something happened: from the first to the last moment that at least `share` of the
 * best support holds. Few wrong intervals (a clock that lies, a false journal) do not move it, as in the clock selection
 * of NTP (Marzullo 1984; RFC 5905 section 11.2.1); with a share below one, small errors of clocks widen it instead of
 * emptying it. Null for no intervals. `slackMs` is added at both ends of every interval.
 */
export function agreement(intervals: readonly Bounds[], share: number, slackMs: number): Agreement | null {
  const edges = intervals
    .flatMap(([from, to]) => [
      { at: from - slackMs, step: 1 },
      { at: to + slackMs, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || b.step - a.step);
  const support = depths(edges).reduce((most, depth) => Math.max(most, depth), 0);
  const needed = Math.ceil(share * support);
  let bounds: Bounds | null = null;
  let depth = 0;
  for (const { at, step } of edges) {
    const before = depth;
    depth += step;
    if (bounds === null && depth >= needed) bounds = [at, at];
    else if (bounds !== null && before >= needed) bounds[1] = at;
  }
  return bounds === null ? null : { bounds, support };
}

function depths(edges: readonly { step: number }[]): number[] {
  let depth = 0;
  return edges.map(({ step }) => (depth += step));
}
