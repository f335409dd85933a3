import { join } from "node:path";
import pLimit from "p-limit";
import { dataFolder } from "../data-folder.ts";
import { runPrefix } from "../net/run-prefix.ts";
import { createUndoList } from "../net/undo-list.ts";
import { preflight } from "../preflight.ts";
import type { Say } from "../run-script.ts";
import { createCredentials } from "./credentials.ts";
import { buildLane, type Lane } from "./lane.ts";
import { type Outcome, runCase } from "./run-case.ts";
import type { MatrixCase } from "./table.ts";

/** Lanes share nothing but the processor; waiting for deadlines is most of what they do. */
const LANES = 5;
/** The first lanes work while the others are still being built. */
const BUILT_AT_ONCE = 2;

export type MatrixOptions = {
  cases: readonly MatrixCase[];
  keepData: string | null;
  say: Say;
  /** Called as each case ends. */
  tell: (outcome: Outcome) => void;
};

/**
 * Builds the lanes, runs every case on one of them, and takes all down again, whatever happens. Outcomes are in the
 * order of the cases. Throws as `runDemo` does.
 */
export async function runMatrix(
  { cases, keepData, say, tell }: MatrixOptions,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const prefix = runPrefix();
  await preflight(prefix, "all");
  const undo = createUndoList();
  try {
    const folder = await dataFolder(keepData, prefix, undo);
    const credentials = await createCredentials();
    const count = Math.min(LANES, cases.length);
    say(`builds ${count} lanes of namespaces, resolvers and sites for ${cases.length} cases`);
    const limit = pLimit(BUILT_AT_ONCE);
    const lanes = Array.from({ length: count }, (_, index) => (): Promise<Lane> => {
      const place = { prefix: `${prefix}${index}-`, folder: join(folder, `lane-${index}`), credentials };
      return limit(() => {
        signal.throwIfAborted();
        return buildLane(place, undo);
      });
    });
    return await runOn(lanes, cases, tell, signal);
  } finally {
    say("takes the lanes down");
    for (const problem of await undo.close()) say(`could not be removed: ${problem}`);
  }
}

/** Each lane is built and then takes the next case when it is free. A lane that breaks ends the others after their case. */
async function runOn(
  lanes: readonly (() => Promise<Lane>)[],
  cases: readonly MatrixCase[],
  tell: MatrixOptions["tell"],
  signal: AbortSignal,
) {
  const waiting = [...cases.entries()];
  const outcomes = new Map<number, Outcome>();
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const work = async (build: () => Promise<Lane>) => {
    both.throwIfAborted();
    const lane = await build();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await runCase(next[1], lane, both);
      outcomes.set(next[0], outcome);
      tell(outcome);
    }
  };
  const ends = await Promise.allSettled(
    lanes.map((build) =>
      work(build).catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    ),
  );
  const broken = ends.find((end) => end.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  return [...outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
}
