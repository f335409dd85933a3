import type { Settings } from "../settings.ts";
import type { Baseline } from "./baseline.ts";
import type { CellState } from "./cell.ts";
import type { Suspicion } from "./control-checks.ts";
import type { End, Start } from "./edges.ts";
import type { Episode } from "./episode.ts";
import type { Round } from "./round.ts";
import type { Vote } from "./vote.ts";

/** Rounds of one cell with the state after each, so that a vote that comes late is put where it belongs. */
export type CellLog = {
  readonly settings: Settings;
  readonly baseline: Baseline;
  rounds: Kept[];
  base: CellState;
  /** Index of the round of the last opening or end: what has been published is not taken back. */
  pinned: number;
  /** The block that is open, or was last, with its bounds. */
  latest: Block | null;
  /** The evidence after the alarm has changed since the last outcome. */
  crossed: boolean;
  /** Votes of an excursion: they teach when it turns out to be nothing, and are forgotten when it is a block. */
  held: Vote[];
  suspicion: Suspicion;
};
export type Block = { episode: Episode; start: Start; end: End | null };
/** A round, and the state of its cell after it. */
export type Kept = { round: Round; after: CellState };

/** What a vote brought about in the block that is open or was last. */
export type Outcome = Block & { kind: "opened" | "changed" | "closed" };
