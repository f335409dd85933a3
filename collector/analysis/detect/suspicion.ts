import type { CellState } from "./cell.ts";
import type { Suspicion } from "./control-checks.ts";
import type { Round } from "./round.ts";

/** Whether a cell is open, or its last two rounds were unanimously blocked, by several probes or with proof. */
export function suspicionOf(log: {
  rounds: readonly { round: Round; after: CellState }[];
  base: CellState;
}): Suspicion {
  if ((log.rounds.at(-1)?.after ?? log.base).open !== null) return "open";
  const last = log.rounds.slice(-2).map(({ round }) => round);
  if (last.length < 2 || last.some(({ open }) => open.length > 0)) return "none";
  const votes = last.flatMap(({ blocked }) => blocked);
  const probes = new Set(votes.map(({ probe }) => probe));
  return probes.size > 1 || votes.every(({ proof }) => proof) ? "suspected" : "none";
}
