import { z } from "zod";
import { CAUSES, Incident } from "./incident.ts";
import { Asn, Hex32, Names, Place, RegionCode, Text, Url, Utc } from "./primitives.ts";

/** Number of a published incident: given once, in the order of publication within the year (UTC) of its start, never reused. */
export const IncidentNumber = z.string().regex(/^KZ-\d{4}-\d{4,6}$/, "expected a number such as KZ-2026-0042");
/** One published version of it; what stands under it never changes. */
export const VersionId = z
  .string()
  .regex(/^KZ-\d{4}-\d{4,6}-v[1-9]\d{0,5}$/, "expected a version such as KZ-2026-0042-v3");

/** Why a version came to be. `records`: the analysis, from new or late records; the others are acts of review. */
export const CHANGES = ["first", "records", "review", "merged", "split", "tombstone"] as const;

/** A published incident at one version: `incident` as it was known at `publishedAt`, frozen. */
export const PublishedVersion = z.object({
  number: IncidentNumber,
  version: z.int().min(1),
  publishedAt: Utc,
  change: z.enum(CHANGES),
  /** What changed against the version before, as codes of fields (`start`, `end`, `confidence`, …); empty at first. */
  changed: z.array(z.string().max(32)).max(32),
  /** A reviewer's words, in the languages they were written in. */
  note: Names.partial().nullable(),
  /** True where the version before was wrong by a fault of ours, not by records that came later. */
  erratum: z.boolean(),
  /** Role of the reviewer who made it; null or left out: the analysis did, from records. */
  role: z.string().min(1).max(32).nullable().optional(),
  /** Rules by which the incident was found. */
  rulesVersion: z.string().max(32).optional(),
  /** Number into which this one was merged, or out of which it was split. */
  other: IncidentNumber.nullable(),
  incident: Incident,
});
export type PublishedVersion = z.infer<typeof PublishedVersion>;

/** Part of an incident: what it says of these sites, networks and regions. Left out: of all. */
export const Selection = z.strictObject({
  targets: z.array(z.string().min(1).max(253)).min(1).max(64).optional(),
  asns: z.array(Asn).min(1).max(64).optional(),
  regions: z.array(RegionCode).min(1).max(64).optional(),
});
export type Selection = z.infer<typeof Selection>;

/** What reviewers do with what the analysis found. */
export const REVIEW_ACTS = ["publish", "hold back", "merge", "split", "tombstone", "note", "erratum"] as const;

/** One act of review, as the audit trail keeps it. `subject` is a number, or the id of an incident without one. */
export const ReviewAct = z.object({
  at: Utc,
  act: z.enum(REVIEW_ACTS),
  subject: z.string().min(1).max(64),
  role: z.string().min(1).max(32),
  /** Name of the reviewer's account; never published. */
  author: z.string().min(1).max(128),
  note: Names.partial().nullable(),
  /** The other number of a merge or split. */
  other: IncidentNumber.nullable(),
  selection: Selection.nullable(),
  /** Versions that it made. */
  made: z.array(VersionId).max(8),
});
export type ReviewAct = z.infer<typeof ReviewAct>;

/** `listed_no_court`: listed, and no court is named. A lookup that failed is never read as `not_listed`. */
export const REGISTRY_STATUSES = ["listed_court", "listed_no_court", "not_listed", "lookup_failed"] as const;

/** One question to a public registry of prohibited resources, and its answer; the answer's bytes are kept beside it. */
export const RegistryLookup = z.object({
  target: z.string().min(1).max(253),
  asked: Utc,
  url: Url,
  status: z.enum(REGISTRY_STATUSES),
  httpStatus: z.int().nullable(),
  answerSha256: Hex32.nullable(),
  answerBytes: z.int().min(0).nullable(),
  /** What the registry says of the name, as given. */
  entries: z
    .array(
      z.object({
        id: Text.nullable(),
        name: Text.nullable(),
        category: Text.nullable(),
        court: Text.nullable(),
        date: Text.nullable(),
        document: Text.nullable(),
      }),
    )
    .max(64),
  /** Why it failed, one of the field's failure names; null when it did not. */
  failure: Text.nullable(),
});
export type RegistryLookup = z.infer<typeof RegistryLookup>;

/** ARTICLE 19's four: `no known legal basis` says that none was found, never that there is none. */
export const LEGAL_BASES = ["court decision", "administrative order", "no known legal basis", "not yet known"] as const;

/** What is known of the legal basis of a block of a target, or of an incident, from `recordedAt` on. */
export const LegalBasis = z.object({
  id: z.string().min(1).max(64),
  version: z.int().min(1),
  subject: z.union([z.object({ target: z.string().min(1).max(253) }), z.object({ incident: IncidentNumber })]),
  basis: z.enum(LEGAL_BASES),
  /** Body that decided, as the document names it; null where none is known. */
  authority: Text.nullable(),
  statute: Text.nullable(),
  document: z
    .object({
      title: Text,
      number: Text.nullable(),
      date: Text.nullable(),
      url: Url.nullable(),
      sha256: Hex32.nullable(),
    })
    .nullable(),
  /** How far a remedy against it has gone, in words; null where nothing is known. */
  remedy: Text.nullable(),
  /** The same in the languages of readers, where it was put into them. */
  names: z.object({ authority: Names, statute: Names, document: Names, remedy: Names }).partial().optional(),
  /** Where this is known from. */
  source: Text,
  recordedAt: Utc,
});
export type LegalBasis = z.infer<typeof LegalBasis>;

/** What a statement says of a disruption. `cause`: the rival explanation of the analysis that it claims, if any. */
export const CLAIMS = ["denies", "confirms", "explains", "announces", "does not know"] as const;

/** Who said what, when: kept as said, beside what was measured at that hour. */
export const Statement = z.object({
  id: z.string().min(1).max(64),
  /** Office or organisation, and the person only where they spoke for it in public. */
  speaker: Text,
  /** The same in the languages of readers, where it was put into them. */
  speakerNames: Names.optional(),
  body: z.enum(["state", "operator", "host", "publisher", "organisation", "other"]),
  at: Utc,
  precision: z.enum(["minute", "hour", "day", "month"]),
  claim: z.enum(CLAIMS),
  cause: z.enum(CAUSES).nullable(),
  /** What a denial denies: that anything was disturbed, or that there was an order for it, which no measurement tells. */
  denied: z.enum(["disruption", "order"]).optional(),
  /** Our summary; the words as said stand in the source. */
  summary: Names,
  place: Place,
  from: Utc.nullable(),
  to: Utc.nullable(),
  targets: z.array(z.string().max(253)).max(64),
  asns: z.array(Asn).max(64),
  regions: z.array(RegionCode).max(64),
  source: Text,
  archived: z.object({ url: Url.nullable(), sha256: Hex32, retrieved: Utc }).nullable(),
});
export type Statement = z.infer<typeof Statement>;
