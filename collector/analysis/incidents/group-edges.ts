import { agreement, type Bounds } from "../losses/consensus.ts";
import type { EpochMs } from "../types.ts";
import type { Member } from "./cluster.ts";

/** Bounds of a beginning, `after` null where it was so when watching began, and of an end; null while it is not over. */
export type GroupEdges = { start: { after: EpochMs | null; by: EpochMs }; end: { after: EpochMs; by: EpochMs } | null };

/** So many of the cells must agree on one moment for it to be the group's. */
const MOST = 0.6;
/** The edge reaches as far as this part of the best agreement: a tenth of the cells may be led astray by stray failures. */
const EDGE_SHARE = 0.8;

/**
 * When a group of cells began and ended. Where most cells agree on a moment, that is it (consensus.ts), as the earliest of
 * many cells is the one that a stray failure misled most. Else it came about network by network: it began with the
 * network on whose cells it began first, and ended with the last.
 */
export function groupEdges(members: readonly Member[]): GroupEdges {
  return { start: startOf(members), end: endOf(members) };
}

/** End of a member: that of the last sighting where nobody watches any more. */
export function endOfMember({ end, unwatched, episode }: Member): Member["end"] {
  return end === null && unwatched ? { after: episode.lastBlocked, by: episode.lastBlocked } : end;
}

function startOf(members: readonly Member[]): GroupEdges["start"] {
  const seen = members.flatMap(({ start: { after, by } }) => (after === null ? [] : [[after, by] as Bounds]));
  // Who was blocked when first seen tells nothing of the beginning, where others do.
  if (seen.length === 0) return { after: null, by: Math.min(...members.map(({ start }) => start.by)) };
  const early = members.filter(
    ({ start: { after, by } }) => after === null && by < Math.min(...seen.map(([from]) => from)),
  );
  if (early.length > 0) return { after: null, by: Math.min(...early.map(({ start }) => start.by)) };
  const [after, by] = common(seen) ?? byNetwork(members, (a, b) => a[1] - b[1]);
  return { after, by };
}

function endOf(members: readonly Member[]): GroupEdges["end"] {
  const ends = members.map(endOfMember);
  const known = ends.filter((end) => end !== null);
  if (known.length < ends.length || known.length === 0) return null;
  const bounds = known.map(({ after, by }): Bounds => [after, by]);
  const last = bounds.reduce((best, one) => (one[1] > best[1] ? one : best));
  const [after, by] = common(bounds) ?? last;
  return { after, by };
}

/** The earliest of the networks' own edges, each what most of its cells agree on. */
function byNetwork(members: readonly Member[], order: (a: Bounds, b: Bounds) => number): Bounds {
  const networks = new Map<number | null, Bounds[]>();
  for (const { cell, start } of members) {
    if (start.after === null) continue;
    networks.set(cell.asn, [...(networks.get(cell.asn) ?? []), [start.after, start.by]]);
  }
  const edges = [...networks.values()].map((own): Bounds => common(own) ?? [...own].sort(order)[0] ?? [0, 0]);
  return edges.sort(order)[0] ?? [0, 0];
}

function common(bounds: readonly Bounds[]): Bounds | null {
  const agreed = agreement(bounds, EDGE_SHARE, 0);
  return agreed !== null && agreed.support >= MOST * bounds.length ? agreed.bounds : null;
}
