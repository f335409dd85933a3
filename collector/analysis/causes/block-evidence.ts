import type { Weather } from "./site-weather.ts";
import type { Row } from "./weigh.ts";

/** Causes that a block can have. `ordered cut` stands for a filter in the country's own networks. */
export const BLOCK_RIVALS = [
  "ordered cut",
  "transit filter abroad",
  "site fault",
  "DDoS",
  "ISP fault",
  "probe update",
  "collector fault",
  "single probe",
] as const;
export type BlockRival = (typeof BLOCK_RIVALS)[number];

/** Evidence on a block. */
export type BlockRow = Row<BlockRival>;

/**
 * How names of one kind fared for the probes of the incident's networks, look by look: how often they failed, having begun
 * to about when it began, and passed; and which names failed so. What has failed for longer tells nothing of it.
 */
export type Fared = { failed: number; passed: number; names: ReadonlySet<string> };

/** What the causes of a block or an interception are weighed on: all of it from the records. */
export type BlockEvidence = {
  /** Hosts that saw it, those that brought proof of their own, and those with proof that noise cannot make. */
  witnesses: number;
  proofs: number;
  certain: number;
  /** Share of the blocked votes that failed in the commonest way of their network; 1 for a single vote. */
  alike: number;
  /** Share of the witnesses' votes that were blocked while it went on, and how many there were. */
  steady: { share: number; votes: number };
  /** Networks on which it is blocked, their owners, and networks on which the same target was open meanwhile. */
  asns: number;
  owners: number;
  openElsewhere: number;
  /** All its targets stand inside the country; all are on record as filtered by a country abroad. */
  hostedInside: boolean;
  filteredAbroad: boolean;
  /** Other names on record as filtered abroad, and other names that are not, both reached over the border. */
  foreign: Fared;
  others: Fared;
  site: Weather;
  /** Software of those who see it and of those who do not, controls among them; null where it is not known. */
  software: SoftwareSight | null;
  /** A page on record, of this country or of another, or a known interceptor of this one. */
  authority: "own" | "foreign" | null;
  /** Least hops after which a false answer of DNS came. */
  hops: number | null;
};

/** `only`: those who see it run one version that nobody else runs; `since`: they changed to it shortly before. */
export type SoftwareSight = { only: boolean; since: boolean; shared: boolean };
