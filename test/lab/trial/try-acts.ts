import { perform, type Stage } from "../acts/perform.ts";
import { dataFolder } from "../data-folder.ts";
import { type Pace, startCollector, startFleet, wholeFleet } from "../fleet.ts";
import { buildLab, wholeLab } from "../lab.ts";
import { runPrefix } from "../net/run-prefix.ts";
import { createUndoList } from "../net/undo-list.ts";
import { preflight } from "../preflight.ts";
import type { Say } from "../run-script.ts";
import { scenarios } from "../scenarios/index.ts";
import type { Act } from "../scenarios/scenario.ts";
import { pause } from "../until.ts";
import { probePlaces } from "../world/topology.ts";
import { changes, type Snapshot, snapshot } from "./snapshot.ts";

/** An act that was begun and ended. `left` is what it left changed, `problem` what broke, in words. */
export type Trial = { scenario: string; title: string; did: boolean; left: readonly string[]; problem: string | null };

/** Probes stand there to lose their power, not to measure. */
const PACE: Pace = { round: 600, heartbeat: 30, link: 60 };
/** Devices and programs take a moment to come and go. */
const SETTLE_MS = 6_000;
const LOOK_AGAIN_MS = 250;

export type TrialOptions = { keepData: string | null; say: Say; tell: (trial: Trial) => void };

/**
 * Builds the lab once and begins and ends every act of every scenario in it, without waiting for anything to be
 * found: did it change anything on the lab's devices, rules, resolvers and programs, and is all as before when it is
 * lifted? Whatever happens, everything made is removed. Throws as `runDemo` does.
 */
export async function tryActs({ keepData, say, tell }: TrialOptions, signal: AbortSignal): Promise<Trial[]> {
  const prefix = runPrefix();
  await preflight(prefix);
  const undo = createUndoList();
  try {
    const folder = await dataFolder(keepData, prefix, undo);
    const plan = wholeLab();
    say("builds namespaces, routers, resolvers and sites");
    const lab = await buildLab(plan, { prefix, folder, undo });
    await startCollector(lab, PACE, undo, signal);
    // Probes stand only where an act needs them: those that lose their power.
    const fleet = await startFleet(lab, wholeFleet().filter(losesPower), undo, signal);
    const stage = { ...lab, power: fleet.power };
    const namespaces = plan.nodes.map(({ name }) => lab.namespace(name));
    const look = () => snapshot(namespaces, () => lies(stage));
    const acts = allActs();
    say(`${acts.length} acts begin and end, one after the other`);
    const trials: Trial[] = [];
    let before = await look();
    for (const one of acts) {
      const trial = await tryOne(one, { stage, before, look }, signal);
      trials.push(trial);
      tell(trial);
      // What one act leaves is not held against the next.
      if (trial.left.length > 0 || trial.problem !== null) before = await look();
    }
    return trials;
  } finally {
    say("takes the lab down");
    for (const problem of await undo.close()) say(`could not be removed: ${problem}`);
  }
}

type Named = { scenario: string; act: Act };

/** Every act there is, each deed once. */
function allActs(): Named[] {
  const all = scenarios(true).flatMap(({ name, acts }) => acts.map((act) => ({ scenario: name, act })));
  return [...new Map(all.map((one) => [JSON.stringify(one.act.deed), one])).values()];
}

function losesPower({ name }: { name: string }): boolean {
  const cities = allActs().flatMap(({ act }) => (act.deed.does === "power-cut" ? [act.deed.city] : []));
  return probePlaces().some((place) => place.name === name && cities.includes(place.city.slug));
}

type Ground = { stage: Stage; before: Snapshot; look: () => Promise<Snapshot> };

async function tryOne({ scenario, act }: Named, { stage, before, look }: Ground, signal: AbortSignal): Promise<Trial> {
  const name = { scenario, title: act.title };
  const changed = async () => changes(before, await look());
  try {
    const inForce = await perform(act.deed, stage);
    let did = false;
    try {
      did = (await lastOf(changed, (lines) => lines.length > 0, signal)).length > 0;
    } finally {
      await inForce.remove();
    }
    return { ...name, did, left: await lastOf(changed, (lines) => lines.length === 0, signal), problem: null };
  } catch (error) {
    signal.throwIfAborted();
    return { ...name, did: false, left: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Looks until what is seen is as wished, at most for {@link SETTLE_MS}; returns what was seen last. */
async function lastOf<T>(see: () => Promise<T>, wished: (seen: T) => boolean, signal: AbortSignal): Promise<T> {
  const deadlineMs = performance.now() + SETTLE_MS;
  for (;;) {
    const seen = await see();
    if (wished(seen) || performance.now() > deadlineMs) return seen;
    await pause(LOOK_AGAIN_MS, signal);
  }
}

/** What each network's resolver answers by itself. */
async function lies({ resolvers }: Stage): Promise<Snapshot> {
  const told = [...resolvers].map(async ([node, resolver]) => [`resolver of ${node}`, await resolver.told()] as const);
  return new Map(await Promise.all(told));
}
