import type { Cause } from "../../../protocol/incident.ts";
import { BLOCK_RIVALS, type BlockEvidence } from "./block-evidence.ts";
import { originRows } from "./block-origin-rows.ts";
import { blockRows } from "./block-rows.ts";
import { weigh } from "./weigh.ts";

/** Rival causes of a block or an interception, best first: each a prediction held against the records. */
export function weighBlock(evidence: BlockEvidence): Cause[] {
  return weigh(BLOCK_RIVALS, [...blockRows(evidence), ...originRows(evidence)]);
}
