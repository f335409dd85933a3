/**
 * What the collector tells of places, probes and times: what every view is made of. Times are RFC 3339 UTC text. No field
 * names a single volunteer's probe.
 */
import type { Access } from "../../protocol/primitives.ts";
import type { LinkState } from "../../protocol/records/link.ts";
import type { VerdictCode } from "../../protocol/verdict.ts";
import type { ReportLink } from "../analysis/associate/report-links.ts";

export type Language = "kk" | "ru" | "en";
export type Names = Record<Language, string>;

/** Words for codes, so that pages need no data files of their own. Keys: region code, AS number, target id. */
export type NameBook = {
  regions: Record<string, Names & { timeZone: string }>;
  networks: Record<string, string>;
  targets: Record<string, Names>;
};

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

/**
 * A report as it stands. `data`: as the data files have it; `changed`: an editor's revision stands in the place of
 * theirs; `desk`: editors recorded it. One that was withdrawn is shown to those alone who run the collector.
 */
export type KeptReport = {
  readonly report: Report;
  readonly origin: "data" | "changed" | "desk";
  readonly withdrawn: boolean;
};

export type Stamp = {
  generatedAt: string;
  asOf: string;
  rulesVersion: string;
  license: string;
  /** Fewest probes that a cell may count here; of fewer it is only told that there are some. */
  enoughProbes: number;
};

/** Numbers under which incidents of a view are published, by id; those without one are left out. */
export type Numbers = Readonly<Record<string, string>>;
