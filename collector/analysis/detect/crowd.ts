import type { Settings } from "../settings.ts";

/** Those beside whom the claimants of a cell stand: how far each is believed, and how many there are. */
export type Crowd = {
  /** Weight of a probe's word by its age and history, 0 to 1. */
  weightOf: (probe: string) => number;
  /** Witnesses that voted on anything within a day. */
  fleet: () => number;
  /** Witnesses of open blocks of the same target in other cells. */
  elsewhere: () => Iterable<string>;
};

/** Nobody is known: every word weighs the same. */
export const NO_CROWD: Crowd = { weightOf: () => 1, fleet: () => 0, elsewhere: () => [] };

/** Two may always lie together in a fleet of which two are a tenth; against others who look, a third of a cell's voters. */
const FEW = 2;
const CELL_SHARE = 1 / 3;

/** What claims a block in a cell. `atOnce`: all claimants turned from open to blocked within a round of each other. */
export type Claim = { claimants: number; voters: number; atOnce: boolean };

/**
 * How many of the claimants of a cell could lie together: a tenth of its voters and at least one, as one host may do
 * anything; where two are a tenth of the fleet, two, unless more than they, and all who look, turned at once; and where
 * others of the cell find the target open, as many as a third of the voters, no more than a tenth of the fleet. A cell on
 * which liars are the most cannot be told from a blocked one.
 */
export function couldLie(
  { claimants, voters, atOnce }: Claim,
  crowd: Crowd,
  { liarShare }: Pick<Settings, "liarShare">,
): number {
  const least = Math.max(1, Math.ceil(voters * liarShare));
  const agreed = claimants >= voters;
  if (agreed && atOnce && claimants > FEW) return least;
  const ofCell = agreed ? FEW : Math.max(FEW, Math.ceil(CELL_SHARE * voters));
  return Math.max(least, Math.min(Math.floor(liarShare * crowd.fleet()), ofCell));
}
