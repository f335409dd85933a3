import type { Access } from "../../../protocol/primitives.ts";
import type { Episode } from "../detect/cell.ts";
import type { Start } from "../detect/cell-log.ts";
import type { EpochMs } from "../types.ts";
import { incidentId } from "./register.ts";

/** A cell of the block detector. */
export type Cell = { target: string; asn: number | null; region: string | null };

/** What one cell contributes to an incident. */
export type Member = {
  cell: Cell;
  episode: Episode;
  start: Start;
  /** Bounds of the end; null while open. */
  end: { after: EpochMs; by: EpochMs } | null;
  detectedAt: EpochMs;
  access: ReadonlySet<Access>;
  /** Nobody has measured it of late. */
  unwatched: boolean;
};

/** Cells of one target and kind that started together. */
export type Group = { id: string; kind: "block" | "interception"; members: Member[] };

export type Clusters = {
  /** Puts a cell that has just opened into a group that began with it, or into one of its own. */
  open: (member: Member, toleranceMs: number) => Group;
  /** The group that a cell's latest member is in. */
  groupOf: (cell: Cell) => { group: Group; member: Member } | null;
};

/**
 * Groups cells into incidents: same target, same kind (interception apart from other blocks), starts that overlap or
 * lie within the tolerance. One order reaches networks by different methods, so the method need not be the same.
 */
export function createClusters(): Clusters {
  const groups = new Map<string, Group[]>();
  const latest = new Map<string, { group: Group; member: Member }>();
  return {
    open: (member, toleranceMs) => {
      const kind = methodOf([member]) === "tls_mitm" ? "interception" : "block";
      const ofTarget = groups.get(member.cell.target) ?? [];
      groups.set(member.cell.target, ofTarget);
      let group = ofTarget.find(
        (one) => one.kind === kind && one.members.some((other) => together(other, member, toleranceMs)),
      );
      if (group === undefined) {
        group = { id: incidentId(kind, cellKey(member.cell), member.start.by), kind, members: [] };
        ofTarget.push(group);
      }
      group.members.push(member);
      latest.set(cellKey(member.cell), { group, member });
      return group;
    },
    groupOf: (cell) => latest.get(cellKey(cell)) ?? null,
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
