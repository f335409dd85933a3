import { z } from "zod";
import { Ip, Names, Text, Url } from "./primitives.ts";

/** 1 everyday site, 2 independent media and rights groups, 3 circumvention and the like: off unless chosen. */
export const RiskTier = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type RiskTier = z.infer<typeof RiskTier>;

export const CATEGORIES = [
  "independent-media",
  "foreign-media",
  "state-media",
  "mainstream-media",
  "regional-media",
  "human-rights",
  "social",
  "messenger",
  "search-mail",
  "shortener",
  "international-organisation",
  "e-service",
  "archive",
  "circumvention",
  "fact-checking",
  "other",
] as const;
export const Category = z.enum(CATEGORIES);
export type Category = z.infer<typeof Category>;

/** One thing that is measured. `id` is the host name, or host and path where two targets share a host. */
export const Target = z.object({
  id: z.string().min(1).max(253),
  url: Url,
  category: Category,
  names: Names,
  /** Why it is in the list, with its source: every entry has a reason. */
  why: Text,
  source: Text,
  /** ISO 3166-1 country of the origin server as far as known: decides how a failure abroad is read. */
  hostedIn: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  risk: RiskTier,
  /** Addresses that control probes saw, so that blocking by address stays measurable under DNS lies. */
  addresses: z.array(Ip).max(8).optional(),
  /** A site that cannot be blocked (our own, on an address of its own): whoever calls it blocked is not believed. */
  canary: z.boolean().optional(),
  /** A name that cannot exist (RFC 6761): whoever reports a page of it is not believed. */
  absent: z.boolean().optional(),
  /** ISO 3166-1 countries abroad, on the way to which the name is on record as blocked: when such names fail together
   * and others pass, the filter may stand there. */
  filteredIn: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(8)
    .optional(),
  /** Sites fetched whole in a round, or a messenger measured by its endpoints. */
  kind: z.enum(["web", "im"]),
});
export type Target = z.infer<typeof Target>;

/** An anchor of the link ladder: a name (or address) that says whether a part of the network is reachable. */
export const Anchor = z.object({
  id: z.string().min(1).max(253),
  group: z.enum(["domestic", "whitelist", "foreign"]),
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65535),
  /** Known addresses, tried when the name cannot be resolved; empty when none is known. */
  addresses: z.array(Ip).max(8),
  operator: Text,
  source: Text,
});
export type Anchor = z.infer<typeof Anchor>;

/** What a probe is told to measure; `version` is a hash of the content. */
export const TargetList = z.object({
  version: z.string().max(64),
  targets: z.array(Target).max(2000),
  anchors: z.array(Anchor).max(64),
});
export type TargetList = z.infer<typeof TargetList>;
