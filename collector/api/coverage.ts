import type { EpochMs } from "../analysis/types.ts";
import type { StoredProbe, Window } from "../store/store.ts";
import { utc } from "../time.ts";
import type { CoverageCell, CoveragePoint } from "./types.ts";

/** Probes that joined and neither left nor were revoked, counted by network, region and access; never by id. */
export function coverageCells(probes: readonly StoredProbe[], present: ReadonlySet<string>): CoverageCell[] {
  const cells = new Map<string, CoverageCell>();
  for (const { id, region, asn, access, left } of probes) {
    if (left !== null) continue;
    const key = JSON.stringify([region, asn, access]);
    const cell = cells.get(key) ?? { region, asn, access, known: 0, present: 0 };
    cell.known += 1;
    if (present.has(id)) cell.present += 1;
    cells.set(key, cell);
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}

export type SeriesInput = {
  readonly window: Window;
  /** Times during which single probes were present. */
  readonly presences: readonly Window[];
  /** Times during which single probes had joined and not left. */
  readonly memberships: readonly Window[];
  /** Times about which nothing is known. */
  readonly gaps: readonly Window[];
  readonly buckets: number;
};

/**
 * Smallest and largest number of probes present in each of at most `buckets` equal parts of a window. A part wholly
 * inside gaps has null for both; a part that touches one is judged by the rest of it.
 */
export function coverageSeries({ window, presences, memberships, gaps, buckets }: SeriesInput): CoveragePoint[] {
  const lengthMs = window.to - window.from;
  if (lengthMs <= 0) return [];
  const count = Math.max(1, Math.min(buckets, Math.floor(lengthMs / 1000)));
  const levels = countLevels(presences, gaps, window);
  const edges = Array.from({ length: count + 1 }, (_, index) => Math.round(window.from + (lengthMs * index) / count));
  let first = 0;
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? window.to;
    while ((levels[first]?.to ?? Number.POSITIVE_INFINITY) <= from) first += 1;
    const here: number[] = [];
    for (let level = first; (levels[level]?.from ?? Number.POSITIVE_INFINITY) < to; level++) {
      const { present } = levels[level] ?? { present: null };
      if (present !== null) here.push(present);
    }
    const expected = memberships.filter((known) => known.from < to && known.to > from).length;
    const known = here.length > 0;
    return {
      from: utc(from),
      to: utc(to),
      min: known ? Math.min(...here) : null,
      max: known ? Math.max(...here) : null,
      expected,
    };
  });
}

type Level = { readonly from: EpochMs; readonly to: EpochMs; readonly present: number | null };
type Edge = { readonly at: EpochMs; readonly present: number; readonly gap: number };

/** The window cut at every change: how many are present in each piece, null inside gaps. */
function countLevels(presences: readonly Window[], gaps: readonly Window[], window: Window): Level[] {
  const edges: Edge[] = [
    ...presences.flatMap(({ from, to }) => [
      { at: from, present: 1, gap: 0 },
      { at: to, present: -1, gap: 0 },
    ]),
    ...gaps.flatMap(({ from, to }) => [
      { at: from, present: 0, gap: 1 },
      { at: to, present: 0, gap: -1 },
    ]),
    { at: window.to, present: 0, gap: 0 },
  ].sort((a, b) => a.at - b.at);
  const levels: Level[] = [];
  let [at, present, gap] = [window.from, 0, 0];
  for (const edge of edges) {
    const until = Math.min(edge.at, window.to);
    if (until > at) {
      levels.push({ from: at, to: until, present: gap > 0 ? null : present });
      at = until;
    }
    present += edge.present;
    gap += edge.gap;
  }
  return levels;
}
