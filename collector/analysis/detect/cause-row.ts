import type { CAUSES } from "../../../protocol/incident.ts";
import type { EpochMs } from "../types.ts";
import type { Degree } from "./extent.ts";
import type { Loss } from "./loss.ts";

/** Causes that a loss of probes can have. */
export const RIVALS = [
  "ordered cut",
  "ISP fault",
  "power cut",
  "transit filter abroad",
  "collector fault",
  "single probe",
  "probe update",
] as const satisfies readonly (typeof CAUSES)[number][];
export type Rival = (typeof RIVALS)[number];

/** One kind of evidence: what it says, and the log-odds it adds to each cause. */
export type Row = { says: string; scores: Partial<Record<Rival, number>> };

/** What the causes are weighed on. */
export type LossEvidence = {
  losses: readonly Loss[];
  /** Probes of the same regions that stayed. */
  stayed: readonly { access: string | null }[];
  extent: Degree | null;
  /** How many probes' journals show each degree, in words. */
  extentCounts?: string;
  controls: { known: number; lost: number };
  /** Middle of the interval in which it began; null leaves the time of day out. */
  beganAt: EpochMs | null;
};
