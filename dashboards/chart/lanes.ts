/** Something that takes part of a drawing's width, in per cent. */
export type Span = { from: number; to: number };

/**
 * The lane of each span, from 0, so that none overlaps another of its lane: each takes the first that is free. Spans
 * narrower than `least` take that much room, for the mark that stands on them.
 */
export function lanesOf(spans: readonly Span[], least: number): number[] {
  const order = spans.map((span, index) => ({ ...span, index })).sort((a, b) => a.from - b.from || a.index - b.index);
  const ends: number[] = [];
  const lanes: number[] = [];
  for (const { from, to, index } of order) {
    // A mark at the right edge is drawn to the left of it.
    const start = Math.min(from, 100 - least);
    const free = ends.findIndex((end) => end <= start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = Math.max(to, start + least);
    lanes[index] = lane;
  }
  return lanes;
}
