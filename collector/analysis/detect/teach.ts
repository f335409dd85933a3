import type { CellLog } from "./cell-history.ts";
import type { Round } from "./round.ts";
import type { Vote } from "./vote.ts";

/** Votes kept for later teaching; the oldest of a longer excursion do not matter. */
const HELD_MOST = 512;

/**
 * A quiet vote teaches the baseline. While what a probe says lifts a sum its record is frozen, and teaches once that is
 * over. The sums themselves may stand: one probe's word does not freeze the others' records.
 */
export function teach(log: CellLog, vote: Vote): void {
  const { open, excursions } = log.rounds.at(-1)?.after ?? log.base;
  if (open !== null) return;
  const lifts = (probe: string) => excursions.some(({ own }) => (own.get(probe)?.evidence ?? 0) > 0);
  if (!lifts(vote.probe)) log.baseline.learn(vote.probe, vote.blocked);
  else if (log.held.length < HELD_MOST) log.held.push(vote);
  if (log.held.length === 0) return;
  for (const { probe, blocked } of log.held) if (!lifts(probe)) log.baseline.learn(probe, blocked);
  log.held = log.held.filter(({ probe }) => lifts(probe));
}

/** A failure in a round in which several others found it open, and none blocked, was the probe's own. */
export function contradicted(log: CellLog, { blocked, open }: Round): void {
  const [only] = blocked;
  if (only === undefined || blocked.length > 1 || open.length < 2) return;
  for (const vote of log.held) if (vote.probe === only.probe) log.baseline.learn(vote.probe, vote.blocked);
  log.held = log.held.filter(({ probe }) => probe !== only.probe);
}
