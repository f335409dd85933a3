import type { Cause } from "../../../protocol/incident.ts";
import type { Knowledge } from "../knowledge.ts";
import { type LossEvidence, RIVALS } from "./loss-evidence.ts";
import { journalRows } from "./loss-journal-rows.ts";
import { extentRows, mediumRows, scopeRows, sentinelRows, timeRows } from "./loss-scope-rows.ts";
import { weigh } from "./weigh.ts";

/**
 * Rival causes of a loss, best first, as sums of log-odds. Those of the cause table of docs/method.md are from the
 * detection notes; rows of ours are marked in their files. Only the best can be supported.
 */
export function weighLoss(evidence: LossEvidence, knowledge: Knowledge): Cause[] {
  return weigh(RIVALS, [
    ...sentinelRows(evidence),
    ...scopeRows(evidence, knowledge),
    ...journalRows(evidence),
    ...extentRows(evidence),
    ...mediumRows(evidence),
    ...timeRows(evidence, knowledge),
  ]);
}

/** Whether an ordered cut leads all other causes. */
export function isOrderedLeading(causes: readonly Cause[]): boolean {
  const ordered = causes.find(({ cause }) => cause === "ordered cut")?.score ?? 0;
  return causes.every(({ cause, score }) => cause === "ordered cut" || score < ordered);
}
