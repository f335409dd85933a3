import { canonicalJson } from "../../../protocol/canonical-json.ts";
import type { WorldEvent } from "../../../protocol/event.ts";
import { dayStart, type OffsetOf, type Watched } from "./days.ts";
import { createDraws } from "./draws.ts";
import { type EpisodeStart, meet, type Outcome } from "./episodes.ts";
import { binomialAtLeast, type Fourfold, fisherGreater, oddsInterval, oddsRatio, riskDifference } from "./exact.ts";
import type { Exposure } from "./exposure.ts";
import { type Beside, permutationTest } from "./permute.ts";
import { ASSOCIATION } from "./settings.ts";

/** The numbers of one test. Shares are of days; intervals are of 95 percent. */
export type Tested = {
  readonly eventKind: WorldEvent["kind"];
  readonly sanctioned: WorldEvent["sanctioned"];
  readonly incidentKind: Outcome;
  /** `all` regions together, or one. */
  readonly scope: string;
  readonly eventDays: number;
  readonly eventDaysWith: number;
  readonly ordinaryDays: number;
  readonly ordinaryDaysWith: number;
  readonly baseRate: number;
  readonly oddsRatio: number;
  readonly oddsInterval: readonly [number, number | null];
  readonly riskDifference: number;
  readonly riskInterval: readonly [number, number];
  readonly p: number;
  readonly fisherP: number;
  readonly draws: number;
  /** Chance that a rise to nine times the base rate would be seen with so many event days. */
  readonly power: number;
  /** Event days that it takes for a power of one half; null: more than a thousand. */
  readonly neededDays: number | null;
  /** The same test where no event was: four weeks before, and after. */
  readonly placebo: readonly { shiftDays: number; eventDays: number; with: number; p: number }[];
  /** An outcome that events should not change. */
  readonly negativeControl: boolean;
};

type Question = {
  eventKind: WorldEvent["kind"];
  sanctioned: WorldEvent["sanctioned"];
  scope: string;
  outcome: Outcome;
  exposures: readonly Exposure[];
  /** Days of events of this kind, allowed or not: no ordinary days. */
  all: readonly Exposure[];
  starts: readonly EpisodeStart[];
  watched: Watched;
  offsetOf: OffsetOf;
};

const NEEDED_MOST = 1000;

/** One test of one kind of event with one kind of incident. */
export function testKind(question: Question): Tested {
  const { eventKind, sanctioned, scope, outcome, exposures, watched } = question;
  const beside = besideOf(question);
  const seed = canonicalJson({ eventKind, sanctioned, scope, outcome, exposures, starts: question.starts });
  const { p } = permutationTest(exposures, watched, beside, createDraws(seed));
  const table = fourfold(question, beside);
  const ordinaryDays = table.ordinaryWith + table.ordinaryWithout;
  const base = (table.ordinaryWith + 0.5) / (ordinaryDays + 1);
  const risk = riskDifference(table);
  const [low, high] = oddsInterval(table);
  return {
    ...{ eventKind, sanctioned, scope, ordinaryDays, incidentKind: outcome },
    eventDays: exposures.length,
    eventDaysWith: table.eventWith,
    ordinaryDaysWith: table.ordinaryWith,
    baseRate: rounded(ordinaryDays === 0 ? 0 : table.ordinaryWith / ordinaryDays),
    oddsRatio: rounded(oddsRatio(table)),
    oddsInterval: [rounded(low), high === null ? null : rounded(high)],
    riskDifference: rounded(risk.difference),
    riskInterval: [rounded(risk.interval[0]), rounded(risk.interval[1])],
    p: rounded(p),
    fisherP: rounded(fisherGreater(table)),
    draws: ASSOCIATION.draws,
    power: rounded(powerOf(exposures.length, base)),
    neededDays: neededDays(base),
    placebo: [-ASSOCIATION.placeboDays, ASSOCIATION.placeboDays].map((shift) => placebo(question, beside, shift, seed)),
    negativeControl: outcome === "power outage",
  };
}

/** Chance that a test on so many days sees a rise to nine times the base rate: exact binomial, one side. */
export function powerOf(days: number, base: number): number {
  let least = 0;
  while (binomialAtLeast(least, days, base) > ASSOCIATION.alpha) least++;
  return least > days ? 0 : binomialAtLeast(least, days, Math.min(1, base * ASSOCIATION.ratio));
}

function neededDays(base: number): number | null {
  for (let days = 1; days <= NEEDED_MOST; days++) if (powerOf(days, base) >= ASSOCIATION.leastPower) return days;
  return null;
}

function besideOf({ starts, offsetOf }: Question): Beside {
  const known = new Map<string, number[]>();
  return ({ region, from, to }, day) => {
    const key = `${region} ${day} ${from} ${to}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const midnight = dayStart(region, day, offsetOf);
    const regions = region === "KZ" ? [] : [region];
    const met = starts.flatMap((start, index) =>
      start.to >= midnight + from && start.from <= midnight + to && meet(start.regions, regions) ? [index] : [],
    );
    known.set(key, met);
    return met;
  };
}

/** Days with and without an episode beside them. Each episode counts once: on an event day where it can. */
function fourfold(question: Question, beside: Beside): Fourfold {
  const { exposures, all, watched } = question;
  const counted = new Set<number>();
  const isNew = (hits: readonly number[]) => {
    const fresh = hits.find((hit) => !counted.has(hit));
    if (fresh !== undefined) counted.add(fresh);
    return fresh !== undefined;
  };
  const eventWith = exposures.filter((one) => isNew(beside(one, one.day))).length;
  for (const one of exposures) for (const hit of beside(one, one.day)) counted.add(hit);
  const taken = new Set(all.map(({ region, day }) => `${region} ${day}`));
  const window = middleWindow(exposures);
  const regions = new Set(exposures.map(({ region }) => region));
  let [ordinary, ordinaryWith] = [0, 0];
  for (const region of [...regions].sort())
    for (const day of [...(watched.get(region) ?? [])].sort((a, b) => a - b)) {
      if (taken.has(`${region} ${day}`)) continue;
      ordinary++;
      if (isNew(beside({ region, day, ...window }, day))) ordinaryWith++;
    }
  return {
    eventWith,
    eventWithout: exposures.length - eventWith,
    ordinaryWith,
    ordinaryWithout: ordinary - ordinaryWith,
  };
}

/** The window in which ordinary days are looked at: as the events' own, in the middle. */
function middleWindow(exposures: readonly Exposure[]): { from: number; to: number } {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return { from: middle(exposures.map(({ from }) => from)), to: middle(exposures.map(({ to }) => to)) };
}

function placebo({ exposures, all, watched }: Question, beside: Beside, shiftDays: number, seed: string) {
  const taken = new Set(all.map(({ region, day }) => `${region} ${day}`));
  const shifted = exposures
    .map((one) => ({ ...one, day: one.day + shiftDays }))
    .filter(({ region, day }) => watched.get(region)?.has(day) && !taken.has(`${region} ${day}`));
  const { observed, p } = permutationTest(shifted, watched, beside, createDraws(`${seed} ${shiftDays}`));
  return { shiftDays, eventDays: shifted.length, with: observed, p: rounded(p) };
}

/** Six significant digits: more would tell machines apart, not days. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
