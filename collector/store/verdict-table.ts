import type { Verdict } from "../../protocol/verdict.ts";
import type { EpochMs, Judged } from "../analysis/types.ts";
import type { Page, RowQuery } from "./rows.ts";

/** `record` and `at` are hash and time of the measurement that was judged. */
export type VerdictRow = Judged & { readonly id: number; readonly record: string; readonly at: EpochMs };

export type LatestRow = {
  readonly probe: string;
  readonly target: string;
  readonly asn: number | null;
  readonly region: string | null;
  readonly measured: EpochMs;
  readonly code: Judged["verdict"]["code"];
};

/** How many probes of a network and region last judged a target so, and when the last of them measured it. */
export type LatestTally = {
  readonly target: string;
  readonly asn: number | null;
  readonly region: string | null;
  readonly code: Judged["verdict"]["code"];
  readonly probes: number;
  readonly last: EpochMs;
};

export type VerdictTable = {
  /** Stores verdicts by (probe, seq). One that differs takes the place of the earlier, which `asOf` still finds. */
  put: (judged: readonly Judged[], at?: EpochMs) => Promise<void>;
  /** When verdicts last changed: it grows with each change. A list as of it, or of a moment since, never changes. */
  lastChange: () => Promise<EpochMs>;
  /** Newest first, as they were at `asOf`. */
  list: (query: RowQuery) => Promise<Page<VerdictRow>>;
  /** The verdict of one entry. */
  of: (probe: string, seq: number) => Promise<Verdict | null>;
  /** The latest verdict of each probe on each target, of those measured since then. */
  latest: (since: EpochMs) => Promise<LatestRow[]>;
  /** The same (or those on one target) counted by network and region; `regions`: of which probes, and where each stands. */
  latestTallies: (
    since: EpochMs,
    regions: ReadonlyMap<string, string | null>,
    target?: string,
  ) => Promise<LatestTally[]>;
};
