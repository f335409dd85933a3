import type { Cause } from "../../../protocol/incident.ts";
import type { Access } from "../../../protocol/primitives.ts";
import type { End, Start } from "../detect/edges.ts";
import type { Episode } from "../detect/episode.ts";
import type { EpochMs } from "../types.ts";
import { incidentId } from "./register.ts";
import type { Stories } from "./stories.ts";

/** A cell of the block detector. */
export type Cell = { target: string; asn: number | null; region: string | null };

/** What one cell contributes to an incident. */
export type Member = {
  cell: Cell;
  episode: Episode;
  start: Start;
  /** Bounds of the end; null while open. */
  end: End | null;
  detectedAt: EpochMs;
  access: ReadonlySet<Access>;
  /** Nobody has measured it of late. */
  unwatched: boolean;
  /** What the cell found after a gap too short to be a restoration. */
  resumed?: Episode;
};

/** Cells that started together. */
export type Group = {
  id: string;
  kind: "block" | "interception";
  members: Member[];
  /** First incident of the story that it goes on with. */
  episode: string | null;
  confirmed: boolean;
  /** Rival causes as weighed last. */
  causes: Cause[];
  /** They lead away from any interference: it is not published. */
  innocent: boolean;
};

export type Clusters = {
  /** Puts a cell that has just opened into a group that began with it, or into one of its own. */
  open: (member: Member, toleranceMs: number) => Group;
};

/** Groups of one kind remembered for cells that open later. */
const GROUPS_KEPT = 256;

/**
 * Groups cells into incidents: same kind (interception apart from other blocks), starts that overlap or lie within the
 * tolerance for one target, by whatever method, as one order reaches networks by different ones; starts that overlap for
 * many targets by one method on one network, as one change of a filter takes them at one moment.
 */
export function createClusters(stories: Stories): Clusters {
  const groups: Group[] = [];
  return {
    open: (member, toleranceMs) => {
      const { cell, start } = member;
      const method = methodOf([member]);
      const kind = method === "tls_mitm" ? "interception" : "block";
      const near = (within: number, alike: (other: Member) => boolean) =>
        groups.find(
          (one) => one.kind === kind && one.members.some((other) => alike(other) && together(other, member, within)),
        );
      let group =
        near(toleranceMs, (other) => other.cell.target === cell.target) ??
        near(0, (other) => other.cell.asn === cell.asn && methodOf([other]) === method);
      const id = group?.id ?? incidentId(kind, cellKey(cell), start.by);
      const episode = stories.join(id, cell, start.by, toleranceMs);
      if (group === undefined) {
        group = { id, kind, members: [], episode, confirmed: false, causes: [], innocent: false };
        groups.push(group);
        if (groups.length > GROUPS_KEPT) groups.shift();
      }
      group.members.push(member);
      return group;
    },
  };
}

/** Name of a cell, for keys and ids. */
export function cellKey({ target, asn, region }: Cell): string {
  return `${target}|${asn ?? "?"}|${region ?? "?"}`;
}

/** The verdict that most blocked votes of the members gave; of equals the one first in the alphabet. */
export function methodOf(members: readonly Member[]): string {
  const counts = new Map<string, number>();
  for (const { episode } of members)
    for (const [code, count] of episode.codes) counts.set(code, (counts.get(code) ?? 0) + count);
  const ranked = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? "inconclusive";
}

/** Starts overlap or lie within the tolerance of each other, and the first had not ended before the second began. */
function together(a: Member, b: Member, toleranceMs: number): boolean {
  if (a.end !== null && a.end.by < (b.start.after ?? b.start.by)) return false;
  const gap = Math.max((a.start.after ?? a.start.by) - b.start.by, (b.start.after ?? b.start.by) - a.start.by);
  return gap <= toleranceMs;
}
