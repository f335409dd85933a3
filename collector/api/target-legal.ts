import type { EpochMs } from "../analysis/types.ts";
import { inForce, ofTarget } from "../legal/in-force.ts";
import { transparencyOf } from "../legal/transparency/transparency.ts";
import type { TargetLegal } from "./legal-types.ts";
import type { Reader } from "./reader.ts";

const LOOKUPS_SHOWN = 10;
const DAY_MS = 86_400_000;
const DAYS = 30;
/** Verdicts that are looked at, the latest; of a large fleet they are those of fewer days. */
const VERDICTS_MAX = 1000;

/** What is known of the legal side of one target. */
export async function targetLegal(reader: Reader, target: string): Promise<TargetLegal> {
  const { store, catalogue, now } = reader;
  const lookups = await store.registry.list({ target, before: null, limit: LOOKUPS_SHOWN });
  return {
    legal: ofTarget(inForce(await store.legal.all(), null), target),
    registry: lookups.map(({ lookup }) => lookup),
    transparency: await transparencyOf(store, catalogue.blockPages, await latestVerdicts(reader, target, now())),
  };
}

async function latestVerdicts({ store }: Reader, target: string, at: EpochMs) {
  const window = { from: at - DAYS * DAY_MS, to: at + 1, asOf: at };
  const { rows } = await store.verdicts.list({ ...window, target, after: null, limit: VERDICTS_MAX });
  return rows;
}
