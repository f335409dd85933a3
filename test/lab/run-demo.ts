import type { WorldEvent } from "../../protocol/event.ts";
import { type CollectorView, viewCollector } from "./collector-view.ts";
import { dataFolder } from "./data-folder.ts";
import { eventsCsv } from "./events-csv.ts";
import { importEvents, QUICK_PACE, startCollector, startFleet, wholeFleet } from "./fleet.ts";
import { buildLab, wholeLab } from "./lab.ts";
import { runPrefix } from "./net/run-prefix.ts";
import { createUndoList, type UndoList } from "./net/undo-list.ts";
import { preflight } from "./preflight.ts";
import { endSignal } from "./processes/end-signal.ts";
import { type Comparison, compare } from "./report/compare.ts";
import type { Done } from "./report/truth.ts";
import { runScript, type Say } from "./run-script.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { pause, until } from "./until.ts";

const PRESENT_TIMEOUT_MS = 60_000;
/** Two rounds: what a late journal would still change shows in that time. */
const QUIET_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

export type DemoOptions = { scenario: Scenario; keepData: string | null; stay: boolean; say: Say };
export type DemoResult = { scenario: Scenario; comparison: Comparison; event: WorldEvent | null; right: boolean };

/**
 * Builds the lab, plays the scenario, sets what was found beside what was done and hands it to `tell`; with `stay` the
 * lab then goes on until the signal. Whatever happens, everything made on this machine is removed. Throws
 * `unavailable` where the machine cannot carry the lab, `failed` when a part of it breaks, `cannot_write` for the
 * folder, and the signal's reason when stopped.
 */
export async function runDemo(
  { scenario, keepData, stay, say }: DemoOptions,
  tell: (result: DemoResult) => void,
  signal: AbortSignal,
): Promise<DemoResult> {
  const prefix = runPrefix();
  await preflight(prefix);
  const undo = createUndoList();
  try {
    const folder = await dataFolder(keepData, prefix, undo);
    const { result, page } = await play(scenario, { prefix, folder, undo, say }, signal);
    tell(result);
    if (stay) {
      say(`stays up until Ctrl-C: ${page}/`);
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    }
    return result;
  } finally {
    say("takes the lab down");
    for (const problem of await undo.close()) say(`could not be removed: ${problem}`);
  }
}

type Run = { prefix: string; folder: string; undo: UndoList; say: Say };

async function play(scenario: Scenario, { prefix, folder, undo, say }: Run, signal: AbortSignal) {
  say("builds namespaces, routers, resolvers and sites");
  const lab = await buildLab(wholeLab(), { prefix, folder, undo });
  signal.throwIfAborted();
  const { url: page, running: collector } = await startCollector(lab, QUICK_PACE, undo, signal);
  const view = viewCollector(page);
  say(`the page can be seen at ${page}/ on this machine while the demonstration runs`);
  const fleet = await startFleet(lab, wholeFleet(), undo, signal);
  const all = AbortSignal.any([signal, endSignal([collector]), fleet.broken]);
  const everybody = async () => (await view.present()) >= fleet.count;
  await until(`all ${fleet.count} probes are present`, everybody, PRESENT_TIMEOUT_MS, all);
  const zeroMs = Date.now();
  say(`${fleet.count} probes are present; the script begins: ${scenario.title}`);
  say(`its timeline: ${timelineUrl(page, scenario, zeroMs)}`);
  if (scenario.event !== null) await importEvents(lab, eventsCsv(scenario.event, zeroMs));
  const done = await runScript(scenario, { stage: { ...lab, power: fleet.power }, say, zeroMs }, all);
  say(`all is lifted; up to ${scenario.settleS} s for late journals to come home`);
  const comparison = await settle(done, view, scenario.settleS, all);
  const event = (await view.events()).find(({ id }) => id === scenario.event?.id) ?? null;
  const told = event !== null || scenario.event === null;
  return { result: { scenario, comparison, event, right: comparison.right && told }, page };
}

/** The timeline's page for the time of the script, a minute before and after included. */
function timelineUrl(page: string, { acts }: Scenario, zeroMs: number): string {
  const utc = (seconds: number) => new Date(zeroMs + 1000 * seconds).toISOString();
  const window = new URLSearchParams({ from: utc(-60), to: utc(60 + Math.max(...acts.map(({ toS }) => toS))) });
  return `${page}/timeline?${window}`;
}

/** Waits until everything is found and closed and stays so for {@link QUIET_MS}; at most the time given. */
async function settle(done: readonly Done[], view: CollectorView, settleS: number, signal: AbortSignal) {
  const deadlineMs = performance.now() + settleS * 1000;
  // Where nothing must be found, only time can show that nothing was.
  const quietMs = done.length === 0 ? settleS * 1000 : QUIET_MS;
  let rightSinceMs: number | null = null;
  for (;;) {
    const comparison = compare(done, await view.incidents());
    const nowMs = performance.now();
    rightSinceMs = comparison.right ? (rightSinceMs ?? nowMs) : null;
    if (nowMs > deadlineMs || (rightSinceMs !== null && nowMs - rightSinceMs > quietMs)) return comparison;
    await pause(LOOK_EVERY_MS, signal);
  }
}
