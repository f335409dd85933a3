import type { CAUSES, Changed, Incident } from "../../protocol/incident.ts";
import type { CHANGES, CLAIMS, LEGAL_BASES, REGISTRY_STATUSES, Statement } from "../../protocol/publication.ts";
import type { Hypothesis } from "../api/legal-types.ts";

export type Kind = Incident["kind"];
export type Confidence = Incident["confidence"];
export type CauseName = (typeof CAUSES)[number];
export type Held = Incident["causes"][number]["verdict"];
export type Extent = NonNullable<Incident["extent"]>;
/** Which rules of confidence, and which predictions, hold for an incident. */
export type Family = "loss" | "throttle" | "block";
/** Who is responsible: a scale of its own, never mixed with how sure a measurement is. */
export type Attribution = "none" | "claimed" | "documented";
export type Change = (typeof CHANGES)[number];

/** A length of time in whole units, the largest first; those that are left out are nought. */
export type Length = {
  readonly days?: number | undefined;
  readonly hours?: number | undefined;
  readonly minutes?: number | undefined;
  readonly seconds?: number | undefined;
};

/** What a finding is made of: phrases that are filled in as they are. */
export type FindingParts = {
  readonly targets: string;
  readonly regions: string;
  readonly networks: string;
  readonly extent: string;
  readonly when: string;
};

/**
 * What one language says of an incident. No phrase says why something happened, who did it, or that it was wrong: what was
 * measured is consistent with something, and how sure that is stands beside it.
 */
export type IncidentWords = {
  readonly probes: (count: number) => string;
  /** One or two: an exact number could point at a person. */
  /** Fewer than may be told apart: at most so many. */
  readonly fewProbes: (most: number) => string;
  readonly measurements: (count: number) => string;
  readonly bySilence: string;
  readonly length: (length: Length) => string;
  /** Between two lengths. */
  readonly lengths: (least: string, most: string) => string;
  readonly more: (list: string, count: number) => string;
  readonly allRegions: string;
  readonly allNetworks: string;
  readonly kind: Readonly<Record<Kind, string>>;
  /** What of the internet is left, as a clause that begins in lower case. */
  readonly extent: Readonly<Record<Extent, string>>;
  /** The same of what has ended. */
  readonly extentEnded: Readonly<Record<Extent, string>>;
  readonly access: Readonly<Record<"fixed" | "mobile", string>>;
  /** What was seen, for readers who know nothing of networks. */
  readonly method: Readonly<Record<string, string>>;
  readonly unknownMethod: (code: string) => string;
  readonly headline: Readonly<Record<Kind, (parts: Pick<FindingParts, "targets" | "regions" | "extent">) => string>>;
  /** One sentence: what, where, on which networks, when. */
  readonly finding: Readonly<Record<Kind, (parts: FindingParts) => string>>;
  readonly began: (from: string) => string;
  readonly beganAndEnded: (from: string, to: string) => string;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly howSure: (confidence: string) => string;
  readonly sure: Readonly<Record<Family, Readonly<Record<Confidence, string>>>>;
  readonly attribution: Readonly<Record<Attribution, { readonly name: string; readonly means: string }>>;
  readonly notes: Readonly<
    Record<"startUnknown" | "endUnknown" | "open" | "singleWitness" | "fewWitnesses" | "scales", string>
  >;
  readonly cause: Readonly<Record<CauseName, string>>;
  /** The same explanation where a site is concerned, not a line. */
  readonly causeOfSite: Readonly<Partial<Record<CauseName, string>>>;
  readonly held: Readonly<Record<Held, string>>;
  /** What the records should show if an explanation were right. */
  readonly prediction: Readonly<Record<Family, Readonly<Partial<Record<CauseName, string>>>>>;
  readonly leading: (cause: string) => string;
  readonly notClaimed: readonly string[];
  readonly lag: {
    readonly after: (length: string) => string;
    readonly before: (length: string) => string;
    /** Both are possible within what is known of the times. */
    readonly about: (length: string) => string;
    readonly base: (days: number, withIncident: number) => string;
  };
  readonly legal: {
    readonly basis: Readonly<Record<(typeof LEGAL_BASES)[number], string>>;
    readonly registry: Readonly<Record<(typeof REGISTRY_STATUSES)[number], string>>;
  };
  readonly statement: {
    readonly claim: Readonly<Record<(typeof CLAIMS)[number], string>>;
    readonly body: Readonly<Record<Statement["body"], string>>;
    readonly names: (cause: string) => string;
    /** Probes that were connected at the time it speaks of, at least and at most. */
    readonly watched: (min: number, max: number) => string;
    readonly notWatched: string;
    readonly notYet: string;
    readonly few: string;
    readonly noIncident: string;
    readonly noHypothesis: string;
    /** What is claimed where it is no cause. */
    readonly hypothesis: Readonly<Record<Exclude<Hypothesis["claim"], CauseName>, string>>;
    /** On what grounds a claim was judged. */
    readonly reason: Readonly<Record<Hypothesis["reason"], string>>;
  };
  readonly change: Readonly<Record<Change, string>>;
  /** What the analysis changed with a version. */
  readonly changed: Readonly<Record<Changed, string>>;
  readonly erratum: string;
};
