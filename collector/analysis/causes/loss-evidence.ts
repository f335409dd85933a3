import type { CAUSES } from "../../../protocol/incident.ts";
import type { Degree } from "../losses/extent.ts";
import type { Loss } from "../losses/loss.ts";
import type { EpochMs } from "../types.ts";
import type { Row } from "./weigh.ts";

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
type Rival = (typeof RIVALS)[number];

/** Evidence on a loss. */
export type LossRow = Row<Rival>;

/** What the causes are weighed on. */
export type LossEvidence = {
  losses: readonly Loss[];
  /** Probes of the same regions that stayed. */
  stayed: readonly { access: string | null }[];
  extent: Degree | null;
  /** How many probes' journals show each degree. */
  extentCounts?: Readonly<Partial<Record<Degree, number>>>;
  controls: { known: number; lost: number };
  /** Middle of the interval in which it began; null leaves the time of day out. */
  beganAt: EpochMs | null;
};
