/**
 * What the collector tells the outside, and all that the dashboards know of it. Times are RFC 3339 UTC text.
 * No field names a single volunteer's probe.
 */
import type { WorldEvent } from "../../protocol/event.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Access } from "../../protocol/primitives.ts";
import type { LegalBasis, PublishedVersion, RegistryLookup, Statement } from "../../protocol/publication.ts";
import type { LinkState } from "../../protocol/records/link.ts";
import type { Category, Target } from "../../protocol/target.ts";
import type { VerdictCode } from "../../protocol/verdict.ts";
import type { Overlap } from "../analysis/associate/findings.ts";
import type { ReportLink } from "../analysis/associate/report-links.ts";

export type { WorldEvent } from "../../protocol/event.ts";
export type { Cause, Incident, Interval } from "../../protocol/incident.ts";
export type { Access } from "../../protocol/primitives.ts";
export type { LegalBasis, PublishedVersion, RegistryLookup, Statement } from "../../protocol/publication.ts";
export type { LinkState } from "../../protocol/records/link.ts";
export type { Category, Target } from "../../protocol/target.ts";
export type { VerdictCode } from "../../protocol/verdict.ts";
export type { Overlap } from "../analysis/associate/findings.ts";
export type { ReportLink } from "../analysis/associate/report-links.ts";

export type Language = "kk" | "ru" | "en";
export type Names = Record<Language, string>;

/** Words for codes, so that pages need no data files of their own. Keys: region code, AS number, target id. */
export type NameBook = {
  regions: Record<string, Names & { timeZone: string }>;
  networks: Record<string, string>;
  targets: Record<string, Names>;
};

/**
 * Fewest probes that a published cell (network, region, access) may count. Of a smaller one it is only told that it
 * has some: an exact count, or a region beside a measurement, could point at a person.
 */
export const ENOUGH_PROBES = 3;

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

/** Everything the first page shows. */
export type NowView = Stamp & {
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
  legal: LegalBasis[];
  registry: RegistryLookup[];
  statements: Statement[];
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
};

/** What is measured, and the latest judgement of each in every network. */
export type TargetsView = Stamp & {
  names: NameBook;
  /** Null: of every category. */
  category: Category | null;
  categories: Category[];
  targets: Target[];
  cells: TargetCell[];
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
};

/** Pages of text alone. */
export const TEXT_PAGES = ["methodology", "limits", "glossary", "join", "about"] as const;
export type TextPage = (typeof TEXT_PAGES)[number];

/** Pages that whoever wires the program hands to the collector's server: view in, whole HTML document out. */
export type Pages = {
  now: (view: NowView, language: Language) => string;
  timeline: (view: TimelineView, language: Language) => string;
  incident: (view: IncidentView, language: Language) => string;
  targets: (view: TargetsView, language: Language) => string;
  target: (view: TargetView, language: Language) => string;
  text: (page: TextPage, stamp: Stamp, language: Language) => string;
  notFound: (language: Language) => string;
  /** Static files (style sheet, icon): path below /assets/ to body and media type. */
  assets: ReadonlyMap<string, { body: string; type: string }>;
};
