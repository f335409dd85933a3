/** What the collector tells of legal bases, registries and statements; a part of {@link ./types.ts}. */
import type { Cause, Ground, Incident } from "../../protocol/incident.ts";
import type { LegalBasis, RegistryLookup, Statement } from "../../protocol/publication.ts";
import type { VerdictCode } from "../../protocol/verdict.ts";
import type { IncidentRow } from "./rows/incident-row.ts";
import type { NameBook, Names, Stamp } from "./told.ts";

/** How many probes watched a time and place; null where nobody did, or where the number would tell of one person. */
export type Watched = {
  min: number | null;
  max: number | null;
  expected: number;
  few?: true | undefined;
  /** No probe had joined yet, anywhere. */
  notYet?: true | undefined;
};

/** What an explanation or a denial foretells, and what the records say of it. */
export type Hypothesis = {
  /** A rival explanation of the analysis; or that nothing was disturbed; or that nobody ordered it. */
  claim: Cause["cause"] | "no disruption" | "no order";
  predictions: Names[];
  verdict: Cause["verdict"];
  /** Why it is judged so, as a code; the grounds stand with each incident. */
  reason: "records" | "mixed" | "no incident" | "watched" | "not watched" | "not measured";
  /** What the incidents of that time and place say of it, with the analysis' own grounds: in English, and as codes and counts. */
  grounds: { incident: string; verdict: Cause["verdict"]; because: string[]; evidence?: Ground[] | undefined }[];
};

/** A statement beside what was measured at the time that it speaks of. */
export type StatementBeside = Statement & {
  measured: {
    from: string;
    to: string;
    watched: Watched;
    /** Incidents of that time, place and those sites, as known now. */
    incidents: (Pick<IncidentRow, "id" | "number" | "kind" | "extent" | "confidence" | "start" | "end" | "targets"> & {
      regions: string[];
    })[];
  };
  hypotheses: Hypothesis[];
};

/** Everything the page of statements shows. */
export type StatementsView = Stamp & { names: NameBook; statements: StatementBeside[] };

/** What a block page can tell its reader (ARTICLE 19's minimum criteria): a point each. */
export const CRITERIA = ["shown", "status451", "authority", "law and date", "appeal", "both languages"] as const;
export type Criterion = (typeof CRITERIA)[number];

/** How open one network is about blocking a target; all false, and 0 points, where it is silent. */
export type NetworkTransparency = {
  asn: number | null;
  methods: VerdictCode[];
  points: number;
  criteria: Record<Criterion, boolean>;
  /** When the page that counts was seen, and the hash of the record that holds it; null where no page was shown. */
  seenAt: string | null;
  record: string | null;
};

/** Networks found to block a target, the most open first; null where none was. */
export type Transparency = { networks: NetworkTransparency[]; lowest: number | null; highest: number | null };

/** `unclear`: not measured of late, or measured with findings that tell neither. */
export type Reach = "blocked" | "reachable" | "unclear";

/** One target as a registry and the probes know it. `listed` null: no answer. */
export type ReconciledTarget = {
  target: string;
  listed: boolean | null;
  status: RegistryLookup["status"] | null;
  askedAt: string | null;
  answerSha256: string | null;
  reach: Reach;
  /** Numbers (or ids) of the open incidents that block it. */
  incidents: string[];
  /** Networks that measured it of late. */
  networks: number;
  basis: LegalBasis["basis"];
};

export type Reconciliation = {
  rows: ReconciledTarget[];
  counts: {
    listedBlocked: number;
    listedReachable: number;
    unlistedBlocked: number;
    unlistedReachable: number;
    /** The registry gave no answer about them. */
    unanswered: number;
    /** Answered, but not measured clearly. */
    unmeasured: number;
  };
};

/** A line of the quarterly table; `target` null: a whole service. */
export type QuarterlyRow = Pick<Incident, "kind" | "confidence" | "start" | "end" | "asns" | "regions"> &
  Pick<LegalBasis, "basis" | "authority" | "statute" | "document" | "remedy" | "names"> & {
    quarter: string;
    number: string;
    version: number;
    target: string | null;
    source: string | null;
  };

/** What is known of the legal side of one target: for the page of the target. */
export type TargetLegal = {
  legal: LegalBasis[];
  /** Latest first. */
  registry: RegistryLookup[];
  transparency: Transparency;
};

/** Everything the page of legal bases shows. */
export type LegalView = Stamp & {
  names: NameBook;
  quarter: string;
  /** Quarters with published incidents, latest first. */
  quarters: string[];
  rows: QuarterlyRow[];
  reconciliation: Reconciliation;
  legal: LegalBasis[];
  /** False while this collector has never asked a registry. */
  asked: boolean;
};
