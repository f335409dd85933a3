import { inForce, ofTarget } from "../legal/in-force.ts";
import { transparencyOf } from "../legal/transparency/transparency.ts";
import type { VerdictRow } from "../store/store.ts";
import type { TargetLegal } from "./legal-types.ts";
import type { Reader } from "./reader.ts";

const LOOKUPS_SHOWN = 10;

/** What is known of the legal side of one target; `rows` are verdicts on measurements of it. */
export async function targetLegal(
  { store, catalogue }: Reader,
  target: string,
  rows: readonly VerdictRow[],
): Promise<TargetLegal> {
  const lookups = await store.registry.list({ target, before: null, limit: LOOKUPS_SHOWN });
  return {
    legal: ofTarget(inForce(await store.legal.all(), null), target),
    registry: lookups.map(({ lookup }) => lookup),
    transparency: await transparencyOf(store, catalogue.blockPages, rows),
  };
}
