import type { Settings } from "./settings.ts";
import type { EpochMs } from "./types.ts";

/** What is kept of a control's measurement. `restless`: results of late went to and fro between well and ill. */
type Kept = { measuredAt: EpochMs; restless: boolean };

/** What control probes measured lately, by target and probe, reduced to facts. */
export type ControlShelf<F extends Kept> = {
  put: (target: string, probe: string, facts: F, received: EpochMs) => void;
  /** For each control its latest result up to a moment and its first after it, both within the window. */
  around: (target: string, moment: EpochMs, cadenceMs: number) => F[];
  /** Whether every control that measures the target these days has done so after a moment, or just before it. */
  allHeard: (target: string, moment: EpochMs, cadenceMs: number, now: EpochMs) => boolean;
};

/** Controls not heard for so many rounds are away, and nobody waits for them. */
const ACTIVE_ROUNDS = 3;

type Series<F> = { facts: F[]; lastReceived: EpochMs };

/** An empty shelf. It keeps a bounded number of results a control and target, and none older than two days. */
export function createControlShelf<F extends Kept>(settings: Settings, isWell: (facts: F) => boolean): ControlShelf<F> {
  const shelf = new Map<string, Map<string, Series<F>>>();
  return {
    put: (target, probe, one, received) => {
      const ofTarget = shelf.get(target) ?? new Map<string, Series<F>>();
      shelf.set(target, ofTarget);
      const series = ofTarget.get(probe) ?? { facts: [], lastReceived: received };
      ofTarget.set(probe, series);
      series.lastReceived = received;
      insert(series.facts, one);
      while (series.facts.length > settings.controlsKept || isOld(series.facts[0], received, settings))
        series.facts.shift();
    },
    around: (target, moment, cadenceMs) => {
      const windowMs = windowOf(cadenceMs, settings);
      return [...(shelf.get(target)?.values() ?? [])].flatMap(({ facts }) => {
        // Late journals aside, the moment lies near the end.
        const last = facts.findLastIndex(({ measuredAt }) => measuredAt <= moment);
        const near = (one: F | undefined): one is F =>
          one !== undefined && Math.abs(one.measuredAt - moment) <= windowMs;
        const both = [facts[last], facts[last + 1]].filter(near);
        return isRestless(facts, isWell, last + 1, settings) ? both.map((one) => ({ ...one, restless: true })) : both;
      });
    },
    allHeard: (target, moment, cadenceMs, now) => {
      const active = [...(shelf.get(target)?.values() ?? [])].filter(
        ({ lastReceived }) => now - lastReceived <= ACTIVE_ROUNDS * cadenceMs,
      );
      const since = moment - Math.min(settings.controlSameMs, cadenceMs * settings.controlSameRounds);
      return active.length > 0 && active.every(({ facts }) => (facts.at(-1)?.measuredAt ?? since) > since);
    },
  };
}

/** Whether a control's results up to one of them went to and fro between well and ill. */
function isRestless<F>(facts: readonly F[], isWell: (facts: F) => boolean, upTo: number, settings: Settings): boolean {
  let turns = 0;
  let before: boolean | null = null;
  const last = Math.min(upTo, facts.length - 1);
  for (let index = Math.max(0, upTo + 1 - settings.restlessMemory); index <= last; index++) {
    const one = facts[index];
    if (one === undefined) continue;
    const well = isWell(one);
    if (before !== null && before !== well) turns++;
    before = well;
  }
  return turns >= settings.restlessTurns;
}

/** How far from a measurement a control's result may lie to be held against it, in milliseconds. */
export function windowOf(cadenceMs: number, settings: Settings): number {
  const { controlWindowMinMs, controlWindowMaxMs, controlWindowRounds } = settings;
  return Math.min(controlWindowMaxMs, Math.max(controlWindowMinMs, cadenceMs * controlWindowRounds));
}

function insert<F extends Kept>(facts: F[], one: F): void {
  let index = facts.length;
  while (index > 0 && (facts[index - 1]?.measuredAt ?? 0) > one.measuredAt) index--;
  facts.splice(index, 0, one);
}

function isOld(oldest: Kept | undefined, now: EpochMs, settings: Settings): boolean {
  return oldest !== undefined && now - oldest.measuredAt > settings.controlKeepMs;
}
