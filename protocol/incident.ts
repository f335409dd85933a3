import { z } from "zod";
import { Access, Asn, RegionCode, Text, Utc } from "./primitives.ts";

/** A time known to lie between two bounds. */
export const Interval = z.object({ earliest: Utc, latest: Utc });
export type Interval = z.infer<typeof Interval>;

export const CAUSES = [
  "ordered cut",
  "power cut",
  "ISP fault",
  "collector fault",
  "single probe",
  "site fault",
  "DDoS",
  "transit filter abroad",
  "probe update",
] as const;

/** What can change from one version of an incident to the next. */
export const CHANGED = ["judgement", "start", "end", "confidence", "scope", "witnesses", "explanation"] as const;
export type Changed = (typeof CHANGED)[number];

/** A count as far as it is told: exact, or at least so many, so that one more look makes no other text. */
export const Told = z.union([z.int().min(0), z.strictObject({ atLeast: z.int().min(0) })]);
export type Told = z.infer<typeof Told>;

/** A ground by its code, with the log-odds that it adds to a cause and what was counted: a sentence in any language. */
export const Ground = z.object({
  code: z.string().min(1).max(64),
  score: z.number().optional(),
  counts: z.record(z.string().max(32), Told).optional(),
});
export type Ground = z.infer<typeof Ground>;

/** One explanation held against the records. `because`: its grounds in English; `evidence`: the same as codes and counts. */
export const Cause = z.object({
  cause: z.enum(CAUSES),
  score: z.number(),
  verdict: z.enum(["supported", "contradicted", "untestable"]),
  because: z.array(Text),
  evidence: z.array(Ground).max(64).optional(),
});
export type Cause = z.infer<typeof Cause>;

/**
 * Edges of one target, network, region or medium within an incident: each is cut and restored at its own time. Null or
 * left out means all. `end` null: open.
 */
export const IncidentPart = z.object({
  target: z.string().max(253).optional(),
  asn: Asn.nullable(),
  region: RegionCode.nullable(),
  access: Access.nullable().optional(),
  start: Interval,
  end: Interval.nullable(),
});
export type IncidentPart = z.infer<typeof IncidentPart>;

/** One incident as published (design 4.5). Empty `regions` or `asns`: all that were watched. `end` null: open. */
export const Incident = z.object({
  id: z.string().min(1).max(64),
  kind: z.enum(["block", "interception", "throttle", "shutdown", "outage"]),
  method: z.string().max(64).nullable(),
  extent: z
    .enum(["total", "domestic-only", "whitelist", "dns-only", "mobile-only", "partial-port", "degraded"])
    .nullable(),
  targets: z.array(z.string().max(253)),
  asns: z.array(Asn),
  regions: z.array(RegionCode),
  access: z.array(Access),
  start: Interval,
  end: Interval.nullable(),
  detectedAt: Utc,
  confidence: z.enum(["observed", "probable", "confirmed"]),
  witnesses: z.int().min(0),
  measurements: z.int().min(0),
  causes: z.array(Cause),
  /** The cause that leads all others by odds of 20 to 1; null where none does. */
  cause: z.enum(CAUSES).nullable().optional(),
  /** Edges by target, network, region and medium, where there are several. */
  parts: z.array(IncidentPart).max(1000).optional(),
  singleWitness: z.boolean().optional(),
  /** It was so when watching began: `start` is the first sighting. */
  startUnknown: z.boolean().optional(),
  /** Nobody has watched it since: `end` is the last sighting, and it may go on. */
  endUnknown: z.boolean().optional(),
  version: z.int().min(1).optional(),
  /** The version that this one replaces, as `id-vN`, and what changed. */
  supersedes: z.string().max(80).nullable().optional(),
  reason: z.string().max(200).optional(),
  /** The same as codes. */
  changed: z.array(z.enum(CHANGED)).max(16).optional(),
  /** Id of the first incident of the story that this one goes on with: blocked again, by another method, or slowed. */
  episode: z.string().max(64).nullable().optional(),
});
export type Incident = z.infer<typeof Incident>;
