import { stratumOf, type Watched } from "./days.ts";
import type { Exposure } from "./exposure.ts";
import { ASSOCIATION } from "./settings.ts";

/** Which episodes an event of this window would have beside it on a day of a region: their numbers. */
export type Beside = (exposure: Exposure, day: number) => readonly number[];

/**
 * How many episodes begin beside event days, and how often as many would if the events had fallen on other days alike:
 * the same region, month and weekday. Random draws without repetition within a stratum; p = (1 + as many or more) /
 * (1 + draws), which is never 0 (Phipson and Smyth 2010). One episode counts once, however many event days it is beside.
 */
export function permutationTest(
  exposures: readonly Exposure[],
  watched: Watched,
  beside: Beside,
  draw: (below: number) => number,
): { observed: number; p: number } {
  const strata = strataOf(exposures, watched, beside);
  const marks = new Map<number, number>();
  const countMet = (turn: number, hitsOf: (stratum: Stratum) => readonly (readonly number[])[]) => {
    let met = 0;
    for (const stratum of strata)
      for (const hits of hitsOf(stratum))
        for (const hit of hits) {
          if (marks.get(hit) !== turn) met++;
          marks.set(hit, turn);
        }
    return met;
  };
  const observed = countMet(0, ({ events }) => events.map(({ actual }) => actual));
  if (observed === 0) return { observed, p: 1 };
  let asMany = 0;
  for (let turn = 1; turn <= ASSOCIATION.draws; turn++)
    if (countMet(turn, (stratum) => drawn(stratum, draw)) >= observed) asMany++;
  return { observed, p: (1 + asMany) / (1 + ASSOCIATION.draws) };
}

type Stratum = { days: number[]; events: { actual: readonly number[]; byDay: (readonly number[])[] }[] };

function strataOf(exposures: readonly Exposure[], watched: Watched, beside: Beside): Stratum[] {
  const daysOf = new Map<string, number[]>();
  const wanted = new Set(exposures.map(({ region, day }) => stratumOf(region, day)));
  for (const [region, days] of watched)
    for (const day of [...days].sort((a, b) => a - b)) {
      const key = stratumOf(region, day);
      if (wanted.has(key)) daysOf.set(key, [...(daysOf.get(key) ?? []), day]);
    }
  const strata = new Map<string, Stratum>();
  for (const exposure of exposures) {
    const key = stratumOf(exposure.region, exposure.day);
    const days = daysOf.get(key) ?? [];
    const stratum = strata.get(key) ?? { days, events: [] };
    strata.set(key, stratum);
    const byDay = days.map((day) => beside(exposure, day));
    stratum.events.push({ actual: beside(exposure, exposure.day), byDay });
  }
  // Where no day of a stratum has anything beside it, no draw can change that.
  return [...strata.values()].filter(({ events }) =>
    events.some(({ actual, byDay }) => actual.length > 0 || byDay.some((hits) => hits.length > 0)),
  );
}

/** What lies beside the events of a stratum when they fall on days drawn at random, each on another (Fisher and Yates). */
function drawn({ days, events }: Stratum, draw: (below: number) => number): (readonly number[])[] {
  const order = days.map((_, index) => index);
  return events.map(({ byDay }, turn) => {
    const other = turn + draw(order.length - turn);
    const [mine, theirs] = [order[turn] ?? 0, order[other] ?? 0];
    order[turn] = theirs;
    order[other] = mine;
    return byDay[theirs] ?? [];
  });
}
