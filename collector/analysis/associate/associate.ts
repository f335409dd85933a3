import { canonicalJson } from "../../../protocol/canonical-json.ts";
import type { WorldEvent } from "../../../protocol/event.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { believable } from "../throttle/false-discovery.ts";
import { type OffsetOf, type Watched, withCountry } from "./days.ts";
import { episodeStarts, OUTCOMES } from "./episodes.ts";
import { exposuresOf } from "./exposure.ts";
import type { Association, KindTest } from "./findings.ts";
import { overlapsOf } from "./overlaps.ts";
import { ASSOCIATION } from "./settings.ts";
import { type Tested, testKind } from "./test-kind.ts";
import { saysOf } from "./words.ts";

/** What is held against each other. Detection has never seen the events. */
export type AssociationInput = {
  readonly incidents: readonly Incident[];
  readonly events: readonly WorldEvent[];
  readonly watched: Watched;
  readonly offsetOf: OffsetOf;
};

/**
 * How incidents stand to events (docs/method.md): tests of each kind of event with each kind of incident, in all regions
 * together and in single ones, then every pair of an incident and an event that lies beside it, with lag and base
 * rate. Pure; the random draws are seeded from what is asked, so the answer is the same each time.
 */
export function associate(input: AssociationInput): Association[] {
  const watched = withCountry(input.watched);
  const tested = questions(input.events).flatMap(({ eventKind, sanctioned, scope, events }) =>
    OUTCOMES.flatMap((outcome) => {
      const exposures = exposuresOf(events, input.offsetOf).filter(({ region, day }) => watched.get(region)?.has(day));
      const starts = episodeStarts(input.incidents, outcome);
      if (exposures.length === 0 || (scope !== "all" && exposures.length < ASSOCIATION.leastRegionDays)) return [];
      const all = exposuresOf(
        input.events.filter(({ kind }) => kind === eventKind),
        input.offsetOf,
      );
      return testKind({
        eventKind,
        sanctioned,
        scope,
        outcome,
        exposures,
        all,
        starts,
        watched,
        offsetOf: input.offsetOf,
      });
    }),
  );
  const tests = concluded(tested);
  return [...tests, ...overlapsOf({ ...input, watched })];
}

/** Kinds of event, by whether they were allowed, in all regions together and in each alone. */
function questions(events: readonly WorldEvent[]) {
  const groups = new Map<
    string,
    { eventKind: WorldEvent["kind"]; sanctioned: WorldEvent["sanctioned"]; scope: string; events: WorldEvent[] }
  >();
  for (const event of [...events].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)))
    for (const scope of event.place === "KZ" ? ["all"] : ["all", event.place]) {
      const { kind: eventKind, sanctioned } = event;
      const key = `${eventKind} ${sanctioned} ${scope}`;
      const group = groups.get(key) ?? { eventKind, sanctioned, scope, events: [] };
      groups.set(key, group);
      group.events.push(event);
    }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function concluded(tested: readonly Tested[]): KindTest[] {
  const enough = tested.filter(({ power }) => power >= ASSOCIATION.leastPower);
  const believed = believable(
    enough.map(({ p }) => p),
    ASSOCIATION.falseDiscovery,
  );
  const found = new Set(enough.filter((_, index) => believed[index]));
  return tested.map((one) => {
    const few = one.power < ASSOCIATION.leastPower;
    const verdict = few ? "too few events" : found.has(one) ? "associated" : "not distinguishable";
    const test = { type: "test" as const, ...one, tests: tested.length, judged: enough.length, verdict } as const;
    return { ...test, says: saysOf(test) };
  });
}
