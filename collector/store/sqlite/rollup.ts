import type { RollupTable } from "../rollups.ts";
import type { Engine } from "./engine.ts";
import { presenceCounts } from "./presence-counts.ts";
import { presenceRollup } from "./presence-rollup.ts";
import { verdictCounts } from "./verdict-counts.ts";

/** Reads the counts that tables of verdicts and presences keep. Each answer is one consistent view. */
export function rollupTable({ db, run }: Engine): RollupTable {
  const { knownUntil } = presenceRollup(db);
  const verdicts = db.transaction(verdictCounts(db));
  const presence = db.transaction(presenceCounts(db, knownUntil));
  return {
    verdicts: (query) => run(() => verdicts(query)),
    presence: (query) => run(() => presence(query)),
    knownUntil: () => run(knownUntil),
  };
}
