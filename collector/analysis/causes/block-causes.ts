import type { Cause } from "../../../protocol/incident.ts";
import { BLOCK_RIVALS, type BlockEvidence } from "./block-evidence.ts";
import { originRows } from "./block-origin-rows.ts";
import { blockRows } from "./block-rows.ts";
import { weigh } from "./weigh.ts";

/** Rival causes of a block or an interception, best first: each a prediction held against the records. */
export function weighBlock(evidence: BlockEvidence): Cause[] {
  return weigh(BLOCK_RIVALS, [...blockRows(evidence), ...originRows(evidence)]);
}

/** What is no interference: such incidents are states of a site, or notes on coverage, and not told. */
const INNOCENT: ReadonlySet<Cause["cause"]> = new Set(["site fault", "DDoS", "probe update", "collector fault"]);

/** Whether a cause that is no interference leads all that are by the margin. */
export function isInnocent(causes: readonly Cause[], margin: number): boolean {
  const best = (wanted: boolean) =>
    Math.max(...causes.filter(({ cause }) => INNOCENT.has(cause) === wanted).map(({ score }) => score));
  const innocent = best(true);
  return innocent > 0 && innocent - best(false) >= margin;
}
