import type { Access, Role } from "../../protocol/primitives.ts";
import type { VerdictCode } from "../../protocol/verdict.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Window } from "./window.ts";

/** Counts that are kept up to date with what they count, in the same transactions. */
export type RollupTable = {
  /**
   * Verdicts in a window, rounded outwards to whole hours or days (UTC), by code and by what `by` names. A verdict that
   * was judged again counts as it is now. Error: `too_much` when more than `rowsMax` counts would be read.
   */
  verdicts: (query: VerdictCountQuery) => Promise<VerdictCount[]>;
  /**
   * How many probes were present at once, in steps of `stepMs` (a multiple of five minutes) that cover the window: one
   * lane for each cell of `by`, or one for all. Exact at every instant of a step, whatever is summed.
   */
  presence: (query: PresenceQuery) => Promise<PresenceLane[]>;
  /** Until when presence is known: the last time the collector stored that it runs. */
  knownUntil: () => Promise<EpochMs>;
};

/** Probes that are counted; null: all, of one role. */
export type CellChoice = {
  readonly role: Role;
  readonly asn: number | null;
  readonly region: string | null;
  readonly access: Access | null;
};

export type Dimension = "asn" | "region" | "access";

/** What is counted; a dimension that was not asked for is left out, null in it means unknown. */
export type CellLabels = {
  readonly asn?: number | null;
  readonly region?: string | null;
  readonly access?: Access | null;
};

export type VerdictCountQuery = Window &
  CellChoice & {
    readonly grain: "hour" | "day";
    readonly target: string | null;
    readonly by: readonly (Dimension | "start" | "target")[];
    readonly rowsMax: number;
  };

export type VerdictCount = CellLabels & {
  /** Beginning of the hour or day. */
  readonly start?: EpochMs;
  readonly target?: string;
  readonly code: VerdictCode;
  readonly count: number;
  /** Different probes among them. */
  readonly probes: number;
};

export type PresenceQuery = Window & CellChoice & { readonly stepMs: number; readonly by: readonly Dimension[] };

export type PresenceLane = CellLabels & { readonly parts: readonly PresencePart[] };

/**
 * One step. `min` and `max` are null where nothing is known: the collector did not run, or nobody had joined yet.
 * `expected`: probes that had joined, had not left, and were watched.
 */
export type PresencePart = Window & {
  readonly min: number | null;
  readonly max: number | null;
  readonly expected: number;
};
