/** Views of the first page, the timeline, incidents and targets. Times are RFC 3339 UTC text, no probe is named. */
import type { WorldEvent } from "../../../protocol/event.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { LegalBasis, PublishedVersion, RegistryLookup } from "../../../protocol/publication.ts";
import type { Category, Target } from "../../../protocol/target.ts";
import type { VerdictCode } from "../../../protocol/verdict.ts";
import type { Overlap } from "../../analysis/associate/findings.ts";
import type { Difference } from "../../publication/difference.ts";
import type { StatementBeside, TargetLegal } from "../legal-types.ts";
import type {
  CoverageCell,
  CoverageLane,
  CoveragePoint,
  Gap,
  NameBook,
  Numbers,
  OwnLine,
  Report,
  Stamp,
  TargetCell,
} from "../told.ts";

/** Everything the first page shows. */
export type NowView = Stamp & {
  numbers?: Numbers;
  names: NameBook;
  open: Incident[];
  recent: Incident[];
  coverage: CoverageCell[];
  controls: { known: number; present: number };
  cells: TargetCell[];
  ownLine: OwnLine | null;
  measurements: { total: number; lastAt: string | null };
};

/** Everything the timeline shows, for one window of time and an optional region or network. */
export type TimelineView = Stamp & {
  numbers?: Numbers;
  names: NameBook;
  from: string;
  to: string;
  region: string | null;
  asn: number | null;
  incidents: Incident[];
  events: WorldEvent[];
  reports: Report[];
  coverage: CoveragePoint[];
  gaps: Gap[];
  /** Where they were asked for. */
  lanes?: CoverageLane[];
};

/** One incident as it was known at an earlier moment, where a reader would call that a change. */
export type EarlierState = Pick<Incident, "confidence" | "witnesses" | "end"> & { asOf: string };

/** What stands beside a published incident: its versions, what is known of its legal basis, and what was said of it. */
export type Publication = {
  number: string;
  /** Newest first. The last of them with `change` `tombstone`: withdrawn, and kept reachable. */
  versions: PublishedVersion[];
  /** The version that is shown; left out: the newest. */
  shown?: number;
  /** SHA-256 of that version as the API gives it: canonical JSON, the same for ever. */
  sha256?: string;
  /** Its evidence bundle, where it was made already. */
  bundle?: { sha256: string; bytes: number } | null;
  /** Where readers reach the pages, such as https://example.org; null where that is not known. */
  site?: string | null;
  legal: LegalBasis[];
  registry: RegistryLookup[];
  statements: StatementBeside[];
};

/** Everything the page of one incident shows: it, and the timeline around it. */
export type IncidentView = TimelineView & {
  incident: Incident;
  /** Oldest first; empty when it was always known as it is shown. Moments are samples, not each single change. */
  earlier: EarlierState[];
  /** Events in whose window it began, with lag and base rate. */
  beside?: readonly Overlap[];
  /** Null or left out while it has no number: known to the analysis, not yet published. */
  publication?: Publication | null;
  /** Two versions held against each other: that of the page and an older one. */
  difference?: { from: number; to: number; fields: readonly Difference[] };
};

/** What is measured, and the latest judgement of each in every network. */
export type TargetsView = Stamp & {
  names: NameBook;
  /** Null: of every category. */
  category: Category | null;
  categories: Category[];
  targets: Target[];
  cells: TargetCell[];
  /** Only sites of which an incident began or ended within seven days. */
  changed: boolean;
};

/** How many measurements of a target in one network were judged how, on one day (UTC). */
export type TargetDay = {
  day: string;
  asn: number | null;
  codes: Partial<Record<VerdictCode, number>>;
  /** Too few probes to tell counts: each judgement that occurred stands as 1. */
  few?: true;
};

/** Everything the page of one target shows. */
export type TargetView = Stamp & {
  numbers?: Numbers;
  names: NameBook;
  target: Target;
  cells: TargetCell[];
  /** Days counted, oldest first; a day of one network without measurements is left out. */
  days: TargetDay[];
  /** The first day that is counted, and the last. */
  from: string;
  to: string;
  incidents: Incident[];
  reports: Report[];
  legal?: TargetLegal;
  /** One day that was asked for, however long ago: what was judged then; null when none was asked for. */
  asked: { day: string; days: TargetDay[] } | null;
};
