import type { Access } from "../../../protocol/primitives.ts";
import type { EpochMs } from "../types.ts";
import type { Outcome } from "./cell-history.ts";
import type { Watched } from "./watched-cells.ts";

/**
 * Brings the member that a cell is, or was last, up to an outcome of its log. True when a block that has just opened goes on
 * with the one before: a gap shorter than the tolerance is no restoration (docs/method.md).
 */
export function joinOutcome(
  known: Watched["known"],
  outcome: Outcome,
  access: ReadonlySet<Access>,
  toleranceMs: EpochMs,
): boolean {
  if (known === null) return false;
  const { member } = known;
  const { kind, episode, start, end } = outcome;
  if (kind === "opened") {
    const goesOn = member.end !== null && start.by - member.end.by <= toleranceMs;
    if (goesOn) resume(member, outcome, access);
    return goesOn;
  }
  if (member.episode === episode) Object.assign(member, { start, end, access });
  else if (member.resumed === episode) resume(member, outcome, access);
  return false;
}

/** A block that went on after a short gap: its beginning stays, the rest is added. */
function resume(
  member: NonNullable<Watched["known"]>["member"],
  { episode, end }: Outcome,
  access: ReadonlySet<Access>,
): void {
  for (const probe of episode.everBlocked) member.episode.everBlocked.add(probe);
  for (const [probe, votes] of episode.votes) member.episode.votes.set(probe, votes);
  for (const probe of episode.proofs) member.episode.proofs.add(probe);
  member.episode.lastBlocked = Math.max(member.episode.lastBlocked, episode.lastBlocked);
  member.episode.fresh = Math.max(member.episode.fresh, episode.fresh);
  Object.assign(member, { end, access: new Set([...member.access, ...access]), resumed: episode });
}
