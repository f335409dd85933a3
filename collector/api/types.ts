/**
 * What the collector tells the outside, and all that the dashboards know of it. Times are RFC 3339 UTC text.
 * No field names a single volunteer's probe.
 */

import type { WorldEvent } from "../../protocol/event.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Access } from "../../protocol/primitives.ts";
import type { LegalBasis, PublishedVersion, RegistryLookup } from "../../protocol/publication.ts";
import type { LinkState } from "../../protocol/records/link.ts";
import type { Category, Target } from "../../protocol/target.ts";
import type { VerdictCode } from "../../protocol/verdict.ts";
import type { Overlap } from "../analysis/associate/findings.ts";
import type { ReportLink } from "../analysis/associate/report-links.ts";
import type { Difference } from "../publication/difference.ts";
import type { StatementBeside, TargetLegal } from "./legal-types.ts";

export type { WorldEvent } from "../../protocol/event.ts";
export type { Cause, Incident, Interval } from "../../protocol/incident.ts";
export type { Access } from "../../protocol/primitives.ts";
export type { LegalBasis, PublishedVersion, RegistryLookup, Statement } from "../../protocol/publication.ts";
export type { LinkState } from "../../protocol/records/link.ts";
export type { Category, Target } from "../../protocol/target.ts";
export type { VerdictCode } from "../../protocol/verdict.ts";
export type { Overlap } from "../analysis/associate/findings.ts";
export type { ReportLink } from "../analysis/associate/report-links.ts";
export type { OutsideRow } from "../outside/types.ts";
export type { Difference } from "../publication/difference.ts";
export type * from "./reference/view.ts";
export type { IncidentRow } from "./rows/incident-row.ts";
export * from "./views/pages.ts";
export * from "./views/view-types.ts";

export type Language = "kk" | "ru" | "en";
export type Names = Record<Language, string>;

/** Words for codes, so that pages need no data files of their own. Keys: region code, AS number, target id. */
export type NameBook = {
  regions: Record<string, Names & { timeZone: string }>;
  networks: Record<string, string>;
  targets: Record<string, Names>;
};

/** No collector counts cells of fewer probes in public, whatever those who run it wish. */
export const LEAST_PROBES = 3;

/**
 * Fewest probes that a published cell (network, region, access) may count. Of a smaller one it is only told that it
 * has some: an exact count, or a region beside a measurement, could point at a person. Those who run the collector may
 * raise it (`threshold.ts`); it is one for the process, and whoever imports it sees it change.
 */
export let ENOUGH_PROBES = 3;

/** Brings a threshold into force, at least {@link LEAST_PROBES}. */
export function useEnoughProbes(count: number): void {
  ENOUGH_PROBES = Math.max(LEAST_PROBES, count);
}

/** One cell of coverage: probes of one network in one region. `known` have joined and not left; `present` beat now. */
export type CoverageCell = {
  region: string | null;
  asn: number | null;
  access: Access | null;
  known: number;
  present: number;
};

/** Probes present over time, smallest and largest count in each bucket; null where the collector itself was off. */
export type CoveragePoint = {
  from: string;
  to: string;
  min: number | null;
  max: number | null;
  expected: number;
  /** Too few probes to tell counts: min and max are null, expected is 0. */
  few?: true;
};

/**
 * Coverage of one region, one network, or one network in one region (null: all), as lists that run beside the `coverage`
 * of the same view: the smallest and largest number of witnesses present at once in each part, and how many were expected.
 */
export type CoverageLane = {
  region: string | null;
  asn: number | null;
  min: (number | null)[];
  max: (number | null)[];
  expected: number[];
  /** Too few probes to tell counts: the lists are empty. */
  few?: true;
};

/**
 * State of one network in one region at a moment: witnesses present within its five minutes, and what the targets that
 * they measured in its hour and the hour before were found to be.
 */
export type StateCell = {
  region: string;
  asn: number;
  /** Null where nothing is known: the collector did not run. */
  min: number | null;
  max: number | null;
  expected: number;
  /** Targets judged, and how many of them most witnesses found blocked. */
  targets: number;
  blocked: number;
  /** Targets by what most witnesses found. */
  codes: Partial<Record<VerdictCode, number>>;
  /** Too few probes to tell counts: each code that occurred stands as 1, all else is null or 0. */
  few?: true;
};

/** The latest judgement of a target in one network and region, over the probes that measured it within two hours. */
export type TargetCell = {
  target: string;
  asn: number | null;
  region: string | null;
  code: VerdictCode;
  probes: number;
  agreeing: number;
  lastAt: string;
};

/** The line of the probe that runs beside this collector (`invite --own`), if there is one. */
export type OwnLine = { state: LinkState; since: string; checkedAt: string };

/** A time in which the collector did not run: nothing seen then is "no data", not "fine" and not "down". */
export type Gap = { from: string; to: string };

/** What people reported (press, NGOs): a layer of its own, never mixed with what was measured. */
export type Report = {
  id: string;
  title: Names;
  place: string;
  start: string;
  end: string | null;
  precision: "minute" | "hour" | "day" | "month";
  grade: "A" | "B" | "C";
  kind: "shutdown" | "block" | "throttle" | "interception" | "other";
  targets: string[];
  source: string;
  /** Measured incidents that it may speak of, each with the reason; reports and measurements are never made one. */
  links?: readonly ReportLink[];
};

export type Stamp = { generatedAt: string; asOf: string; rulesVersion: string; license: string };

/** Numbers under which incidents of a view are published, by id; those without one are left out. */
export type Numbers = Readonly<Record<string, string>>;

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
