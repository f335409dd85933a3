import { z } from "zod";
import { WorldEvent } from "../protocol/event.ts";
import { CAUSES } from "../protocol/incident.ts";
import { plainProblem } from "../protocol/plain-problem.ts";
import { Asn, Place, RegionCode, Text, Utc } from "../protocol/primitives.ts";
import { LegalBasis, Statement } from "../protocol/publication.ts";
import { Anchor, Target } from "../protocol/target.ts";
import { isTimeZone, nameHoldsUrl } from "./rules.ts";

const Filled = Text.min(1, "must not be empty");
const AllNames = z.strictObject({ kk: Filled, ru: Filled, en: Filled });
const Country = z.string().regex(/^[A-Z]{2}$/, "expected a two-letter country code such as KZ");
const Day = z.iso.date("expected a date such as 2022-06-08");
const HttpUrl = z.url({ protocol: /^https?$/, error: "expected an http or https address" }).max(2048);
const HexOf = (digits: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `expected ${digits} lower-case hex digits`);

/** What is wrong with a value that may be null as well. */
function orNull(issue: z.core.$ZodRawIssue): string | undefined {
  return plainProblem(issue)?.replace(/^must be /, "must be null or ");
}

/** A line of targets.ndjson. Unlike on the wire, unknown fields are refused here: they are misspellings. */
export const TargetRow = z
  .strictObject({
    ...Target.shape,
    url: HttpUrl,
    names: AllNames,
    why: Filled,
    source: Filled,
    hostedIn: Country.nullable(),
    kind: Target.shape.kind.default("web"),
  })
  .refine((row) => nameHoldsUrl(row.id, row.url), {
    path: ["id"],
    error: "must be the host of the url (with or without www.), and its path where it has one",
  });
export type TargetRow = z.infer<typeof TargetRow>;

/** A line of anchors.ndjson. */
export const AnchorRow = z.strictObject({ ...Anchor.shape, operator: Filled, source: Filled });

/** A line of events.ndjson. */
export const EventRow = z.strictObject({
  ...WorldEvent.shape,
  title: Filled,
  titles: AllNames.optional(),
  source: HttpUrl,
});

/** A region of Kazakhstan as it is since `validFrom`; `aliases` are its other names and codes, each with its time. */
export const Region = z.strictObject({
  code: RegionCode,
  names: AllNames,
  aliases: z.array(z.strictObject({ name: Filled, from: Day.nullable(), to: Day.nullable() })).max(32),
  validFrom: Day.nullable(),
  validTo: Day.nullable(),
  /** IANA name; the offset of a moment comes from the time zone database, never from a fixed number. */
  timeZone: z.string().refine(isTimeZone, "not a time zone this system knows, such as Asia/Almaty"),
  /** Column and row on the tile map (7 × 5). */
  tile: z.tuple([z.int().min(0).max(6), z.int().min(0).max(4)]),
  /** Longitude and latitude of the centre of its administration, in degrees; a point for the region, never for a probe. */
  centre: z.tuple([z.number().min(46).max(88), z.number().min(40).max(56)]).optional(),
  centreSource: Filled.optional(),
});
export type Region = z.infer<typeof Region>;

/** A network. `share` is its approximate part of Kazakhstan's traffic, 0 to 1, where a source gives one. */
export const Network = z.strictObject({
  asn: Asn,
  name: Filled,
  access: z.enum(["fixed", "mobile", "both"]),
  /** Networks under one owner or backbone; `hosting` marks those that no volunteer's line belongs to. */
  group: z.string().min(1).max(64).nullable(),
  share: z.number().min(0).max(1).nullable(),
  source: Filled,
});
export type Network = z.infer<typeof Network>;

/** What people reported. Times with precision `day` or `month` say the date only (README). */
export const Report = z.strictObject({
  id: z.string().min(1).max(128),
  title: AllNames,
  place: Place,
  start: Utc,
  end: Utc.nullable(),
  precision: z.enum(["minute", "hour", "day", "month"]),
  grade: z.enum(["A", "B", "C"]),
  kind: z.enum(["shutdown", "block", "throttle", "interception", "other"]),
  targets: z.array(z.string().min(1).max(253)).max(64),
  source: Filled,
});
export type Report = z.infer<typeof Report>;

/** A line of statements.ndjson: who said what, when, as our own summary with its source. */
export const StatementRow = z.strictObject({
  ...Statement.shape,
  speaker: Filled,
  cause: z.enum(CAUSES, { error: orNull }).nullable(),
  summary: AllNames,
  source: Filled,
});

/** A line of legal.ndjson: what is known of the legal basis of a block. */
export const LegalRow = z.strictObject({ ...LegalBasis.shape, source: Filled });

/** A certificate known from interception. `from` and `to` are its validity; it may be used after it has expired. */
export const InterceptionRoot = z
  .strictObject({
    name: Filled,
    sha256: HexOf(64).nullable(),
    sha1: HexOf(40).nullable(),
    /** Regular expression (flags `iu`) over an issuer's text, whatever the order and spacing of its parts. */
    issuerPattern: z.string().min(1).max(256).refine(compiles, "not a regular expression").nullable(),
    from: Day.nullable(),
    to: Day.nullable(),
    source: Filled,
  })
  .refine((row) => (row.sha256 ?? row.sha1 ?? row.issuerPattern) !== null, {
    error: "needs sha256, sha1 or issuerPattern: nothing could ever match it",
  });
export type InterceptionRoot = z.infer<typeof InterceptionRoot>;

const PageText = z.string().min(4, "too short to tell a block page").max(512).nullable();

/** Marks of a block page; all that are not null must hold. Texts are looked for without regard to case. */
export const BlockPage = z.strictObject({
  id: z.string().min(1).max(64),
  country: Country,
  match: z
    .strictObject({
      status: z.int().min(100).max(999).nullable(),
      title: PageText,
      bodyContains: PageText,
      headerContains: PageText,
    })
    .refine((match) => (match.title ?? match.bodyContains ?? match.headerContains) !== null, {
      error: "needs a text: a status alone is no block page",
    }),
  /** Who the page says it speaks for; null when it names nobody. */
  authority: Filled.nullable(),
  /** `seen`: a network's own page is on record and proves itself; `generic`: wording alone, which needs controls. */
  basis: z.enum(["seen", "generic"]),
  source: Filled,
});
export type BlockPage = z.infer<typeof BlockPage>;

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, "iu") instanceof RegExp;
  } catch {
    return false;
  }
}
