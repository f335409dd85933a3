import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import type { Logger } from "pino";
import { within } from "../../protocol/deadline.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import type { Target } from "../../protocol/target.ts";
import type { Journal } from "../journal/journal.ts";
import type { Measures } from "../measurer/measures.ts";
import { isAnomalous } from "./anomaly.ts";
import { type Budget, bytesOf } from "./budget.ts";
import { shuffled } from "./plan.ts";

export type RoundOptions = {
  targets: readonly Target[];
  measure: Measures["web"];
  journal: Journal;
  budget: Pick<Budget, "allows" | "spend">;
  /** Called for each measurement that ended, before it is written. */
  onMeasured?: (target: Target, body: WebBody) => void;
  log: Logger;
  concurrency: number;
  /** Measurements that have not begun by then are left out; those under way are broken off and not written. */
  deadlineMs: number;
  /** Longest random wait before each measurement. */
  jitterMs: number;
  random?: () => number;
};

export type RoundResult = { round: string; planned: number; measured: number; anomalies: number };

/**
 * Measures every target once, in random order, a few at a time, and writes each result to the journal as it ends.
 * Ends early when the day's bytes are used up, the deadline passes or the signal aborts. Never throws for the network.
 */
export async function runRound(options: RoundOptions, signal: AbortSignal): Promise<RoundResult> {
  const { targets, random = Math.random, budget, log } = options;
  const result: RoundResult = { round: randomUUID(), planned: targets.length, measured: 0, anomalies: 0 };
  const stop = within(options.deadlineMs, signal);
  setMaxListeners(0, stop);
  const limit = pLimit(options.concurrency);
  const one = async (target: Target) => {
    await sleep(random() * options.jitterMs, null, { signal: stop }).catch(() => {});
    if (stop.aborted || !budget.allows()) return;
    const body = await options.measure(target, result.round, stop);
    budget.spend(bytesOf(body));
    // What was broken off says nothing about the network.
    if (stop.aborted) return;
    options.onMeasured?.(target, body);
    const urgent = isAnomalous(body);
    options.journal.append({ kind: "web", body }, { urgent });
    result.measured += 1;
    if (urgent) result.anomalies += 1;
  };
  const guarded = (target: Target) =>
    one(target).catch((error: unknown) => {
      if (!stop.aborted) log.error({ err: error, target: target.id }, "a fault while measuring");
    });
  await Promise.all(shuffled(targets, random).map((target) => limit(guarded, target)));
  return result;
}
