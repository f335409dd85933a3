import type { ProbeInfo } from "../../protocol/archive.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { type ControlFacts, readControl } from "./read/control.ts";
import type { Settings } from "./settings.ts";
import type { EpochMs } from "./types.ts";

/** What control probes measured lately, by target and probe, reduced to facts. */
export type ControlShelf = {
  put: (measured: { probe: ProbeInfo; body: WebBody; measuredAt: EpochMs; received: EpochMs }) => void;
  /** For each control its latest result up to a moment and its first after it, both within the window. */
  around: (target: string, moment: EpochMs, cadenceMs: number) => ControlFacts[];
  /** Whether every control that measures the target these days has done so after a moment. */
  allAfter: (target: string, moment: EpochMs, cadenceMs: number, now: EpochMs) => boolean;
};

/** Controls not heard for so many rounds are away, and nobody waits for them. */
const ACTIVE_ROUNDS = 3;

type Series = { facts: ControlFacts[]; lastReceived: EpochMs };

/** An empty shelf. It keeps a bounded number of results a control and target, and none older than two days. */
export function createControlShelf(settings: Settings): ControlShelf {
  const shelf = new Map<string, Map<string, Series>>();
  return {
    put: ({ probe, body, measuredAt, received }) => {
      const ofTarget = shelf.get(body.target) ?? new Map<string, Series>();
      shelf.set(body.target, ofTarget);
      const series = ofTarget.get(probe.id) ?? { facts: [], lastReceived: received };
      ofTarget.set(probe.id, series);
      series.lastReceived = received;
      insert(series.facts, readControl({ body, place: probe.region, measuredAt }));
      while (series.facts.length > settings.controlsKept || isOld(series.facts[0], received, settings))
        series.facts.shift();
    },
    around: (target, moment, cadenceMs) => {
      const windowMs = windowOf(cadenceMs, settings);
      return [...(shelf.get(target)?.values() ?? [])].flatMap(({ facts }) => {
        // Late journals aside, the moment lies near the end.
        const last = facts.findLastIndex(({ measuredAt }) => measuredAt <= moment);
        const near = (one: ControlFacts | undefined): one is ControlFacts =>
          one !== undefined && Math.abs(one.measuredAt - moment) <= windowMs;
        return [facts[last], facts[last + 1]].filter(near);
      });
    },
    allAfter: (target, moment, cadenceMs, now) => {
      const active = [...(shelf.get(target)?.values() ?? [])].filter(
        ({ lastReceived }) => now - lastReceived <= ACTIVE_ROUNDS * cadenceMs,
      );
      return active.length > 0 && active.every(({ facts }) => (facts.at(-1)?.measuredAt ?? moment) > moment);
    },
  };
}

function windowOf(cadenceMs: number, settings: Settings): number {
  const { controlWindowMinMs, controlWindowMaxMs, controlWindowRounds } = settings;
  return Math.min(controlWindowMaxMs, Math.max(controlWindowMinMs, cadenceMs * controlWindowRounds));
}

function insert(facts: ControlFacts[], one: ControlFacts): void {
  let index = facts.length;
  while (index > 0 && (facts[index - 1]?.measuredAt ?? 0) > one.measuredAt) index--;
  facts.splice(index, 0, one);
}

function isOld(oldest: ControlFacts | undefined, now: EpochMs, settings: Settings): boolean {
  return oldest !== undefined && now - oldest.measuredAt > settings.controlKeepMs;
}
