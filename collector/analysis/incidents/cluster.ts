import type { Cause } from "../../../protocol/incident.ts";
import type { Access } from "../../../protocol/primitives.ts";
import type { Fared } from "../causes/block-evidence.ts";
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
  /** How other names fared for the same probes while it went on. */
  beside: { foreign: Fared; others: Fared };
};

export type Clusters = {
  /** Puts a cell that has just opened into a group that began with it, or into one of its own. */
  open: (member: Member, toleranceMs: number) => Group;
  /**
   * Joins a group with an earlier one that, as further records show, began with it: they became one story. Gives that
   * one, which has taken the members over; null where there is none.
   */
  settle: (group: Group, now: EpochMs, toleranceMs: number) => Group | null;
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
      const ofKind = groups.filter((one) => one.kind === kind);
      const near = (link: Link) => ofKind.find((one) => one.members.some((other) => link(other, member, toleranceMs)));
      let group = near(sameTarget) ?? near(sameFilter);
      const id = group?.id ?? incidentId(kind, cellKey(cell), start.by);
      const episode = stories.join(id, cell, start.by, toleranceMs);
      if (group === undefined) {
        group = newGroup(id, kind, episode);
        groups.push(group);
        if (groups.length > GROUPS_KEPT) groups.shift();
      }
      group.members.push(member);
      return group;
    },
    settle: (group, now, toleranceMs) => {
      const place = groups.indexOf(group);
      if (place < 0 || now - foundAt(group) > SETTLE_MS) return null;
      const earlier = groups
        .slice(0, place)
        .filter((one) => one.kind === group.kind && now - foundAt(one) <= SETTLE_MS);
      const linked = (one: Group) =>
        one.members.some((a) => group.members.some((b) => sameTarget(a, b, toleranceMs) || sameFilter(a, b)));
      const into = earlier.find(linked);
      if (into === undefined) return null;
      into.members.push(...group.members);
      groups.splice(place, 1);
      return into;
    },
  };
}

/** How long after a group was found it may turn out to be part of an earlier one: while its edges still sharpen. */
const SETTLE_MS = 6 * 3_600_000;

function foundAt({ members }: Group): EpochMs {
  return Math.min(...members.map(({ detectedAt }) => detectedAt));
}

type Link = (a: Member, b: Member, toleranceMs: number) => boolean;

/** One target, whatever the method: an order reaches networks by different ones. */
function sameTarget(a: Member, b: Member, toleranceMs: number): boolean {
  return a.cell.target === b.cell.target && together(a, b, toleranceMs);
}

/** Different targets by one method on one network at one moment: a filter that was changed. */
function sameFilter(a: Member, b: Member): boolean {
  return a.cell.asn === b.cell.asn && together(a, b, 0) && methodOf([a]) === methodOf([b]);
}

function newGroup(id: string, kind: Group["kind"], episode: string | null): Group {
  const nothing: Fared = { failed: 0, passed: 0, names: new Set() };
  const beside = { foreign: nothing, others: nothing };
  return { id, kind, members: [], episode, confirmed: false, causes: [], innocent: false, beside };
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
