import type { Settings } from "../settings.ts";
import type { Watched } from "./watched-cells.ts";

/** Those beside whom the claimants of a cell stand: how far each is believed, and how many there are. */
export type Crowd = {
  /** Weight of a probe's word by its age and history, 0 to 1. */
  weightOf: (probe: string) => number;
  /** Witnesses that voted on anything within a day. */
  fleet: () => number;
  /** Probes of other cells that claim the same. */
  elsewhere: () => Iterable<string>;
};

/** Nobody is known: every word weighs the same. */
export const NO_CROWD: Crowd = { weightOf: () => 1, fleet: () => 0, elsewhere: () => [] };

/** So few claimants may always lie together in a large fleet, and such a share of a cell's voters. */
const FEW = 2;
const CELL_SHARE = 1 / 3;

/**
 * Whether so few claim a block, against others of the same network and region who find the target open, that a tenth of the
 * fleet could have agreed to lie (settings `liarShare`). In a small cell more is asked: two against one are believed only
 * where probes of other cells claim the same. Where nobody contradicts, claimants need no company.
 */
export function isOutvoted(
  claimants: readonly string[],
  voters: number,
  crowd: Crowd,
  { liarShare }: Pick<Settings, "liarShare">,
): boolean {
  if (claimants.length >= voters) return false;
  const couldLie = Math.min(Math.floor(liarShare * crowd.fleet()), Math.max(FEW, Math.ceil(CELL_SHARE * voters)));
  if (couldLie < 1) return false;
  const all = new Set([...claimants, ...crowd.elsewhere()]);
  let weight = 0;
  for (const probe of all) weight += crowd.weightOf(probe);
  return weight <= couldLie;
}

/** Probes that claim that a target is blocked in cells other than one, whether or not these have opened. */
export function* claimantsBeside(own: Watched, cells: readonly Watched[]): Generator<string> {
  for (const one of cells) {
    if (one === own) continue;
    const state = one.log.rounds.at(-1)?.after ?? one.log.base;
    if (state.open !== null) yield* state.open.witnesses;
    for (const { own: claims } of state.excursions)
      for (const [probe, { evidence }] of claims) if (evidence > 0) yield probe;
  }
}
