import type { Agenda } from "../agenda.ts";
import type { CaseWork, Desk } from "../causes/case-work.ts";
import type { Clusters, Group, Member } from "../incidents/cluster.ts";
import type { Stories } from "../incidents/stories.ts";
import type { EpochMs } from "../types.ts";
import type { Outcome } from "./cell-history.ts";
import { witnessesOf } from "./episode.ts";
import { joinOutcome } from "./join-outcome.ts";
import type { Trust } from "./trust.ts";
import type { Watched, WatchedCells } from "./watched-cells.ts";

/** What open blocks are kept with. */
export type OpenBlockParts = {
  readonly unwatchedMs: number;
  readonly cells: WatchedCells;
  readonly clusters: Clusters;
  readonly trust: Trust;
  readonly stories: Stories;
  readonly agenda: Agenda;
  readonly cases: CaseWork;
  readonly desk: Desk;
  /** Groups that have not ended. */
  readonly open: Set<Group>;
};

/** A vote of an open cell: it is watched, whether or not it changes anything. True where nobody had watched it. */
export function heard(parts: OpenBlockParts, one: Watched, now: EpochMs): boolean {
  const { known } = one;
  if (known === null || known.member.end !== null) return false;
  const again = known.member.unwatched;
  known.member.unwatched = false;
  one.heardAt = now;
  if (!one.waits) wait(parts, one, now);
  parts.stories.last(one.cell, now);
  return again;
}

/** What a cell's block began, went on or ended with; the group that it belongs to now, null where there is none. */
export function takeIn(
  parts: OpenBlockParts,
  one: Watched,
  outcome: Outcome,
  { now, toleranceMs }: { now: EpochMs; toleranceMs: number },
): Group | null {
  const { trust, clusters, open, cases } = parts;
  const { episode, start, end } = outcome;
  const access = new Set([...witnessesOf(episode)].flatMap((id) => trust.of(id).access ?? []));
  const goesOn = joinOutcome(one.known, outcome, access, toleranceMs);
  if (outcome.kind === "opened" && !goesOn) {
    const member: Member = { cell: one.cell, episode, start, end, detectedAt: now, access, unwatched: false };
    one.known = { group: clusters.open(member, toleranceMs), member };
  }
  if (one.known === null) return null;
  const { group } = one.known;
  if (outcome.kind === "opened") {
    open.add(group);
    cases.opened(group, now);
  }
  if (group.members.every((other) => other.end !== null)) open.delete(group);
  return settled(parts, group, now, toleranceMs);
}

/** Says that nobody watches an open cell once no vote has come for long. */
function wait(parts: OpenBlockParts, one: Watched, now: EpochMs): void {
  const { known } = one;
  one.waits = false;
  if (known === null || known.member.end !== null || known.member.unwatched) return;
  if (now - one.heardAt >= parts.unwatchedMs) {
    known.member.unwatched = true;
    parts.cases.publish(known.group, now);
    return;
  }
  one.waits = true;
  parts.agenda.add(one.heardAt + parts.unwatchedMs, (later) => wait(parts, one, later));
}

/** The group, or the earlier one that it turns out to be part of. */
function settled(parts: OpenBlockParts, group: Group, now: EpochMs, toleranceMs: number): Group {
  const { clusters, desk, cells, open, cases } = parts;
  const into = clusters.settle(group, now, toleranceMs);
  if (into === null) return group;
  desk.withdraw(group.id);
  for (const member of group.members) {
    const cell = cells.of(member.cell);
    if (cell?.known?.member === member) cell.known.group = into;
  }
  if (open.delete(group)) open.add(into);
  cases.opened(into, now);
  return into;
}
