import type { CoveragePoint, Gap } from "../../collector/api/types.ts";

/** Widest series that is drawn point by point. */
const MOST_POINTS = 400;

/** A series short enough to draw or to read: neighbours are folded, keeping the smallest and largest count of each. */
export function foldCoverage(points: readonly CoveragePoint[], most = MOST_POINTS): CoveragePoint[] {
  const size = Math.ceil(points.length / most);
  if (size <= 1) return [...points];
  const starts = Array.from({ length: Math.ceil(points.length / size) }, (_, index) => index * size);
  return starts.flatMap((start) => foldOne(points.slice(start, start + size)));
}

function foldOne(part: readonly CoveragePoint[]): CoveragePoint[] {
  const [first] = part;
  const last = part.at(-1);
  if (first === undefined || last === undefined) return [];
  const mins = part.flatMap((point) => (point.min === null ? [] : [point.min]));
  const maxes = part.flatMap((point) => (point.max === null ? [] : [point.max]));
  const expected = Math.max(...part.map((point) => point.expected));
  const [min, max] = maxes.length === 0 ? [null, null] : [Math.min(...mins), Math.max(...maxes)];
  const few = part.some((point) => point.few === true) && max === null;
  return [{ from: first.from, to: last.to, min, max, expected, ...(few ? { few: true } : {}) }];
}

/** Gaps in order, those that touch or overlap made one. */
export function mergedGaps(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const { from, to } of [...gaps].sort((a, b) => a.from.localeCompare(b.from))) {
    const last = merged.at(-1);
    if (last === undefined || last.to < from) merged.push({ from, to });
    else if (last.to < to) last.to = to;
  }
  return merged;
}
