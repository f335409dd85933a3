import type { WorldEvent } from "../../../protocol/event.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { dayStart, type OffsetOf, type Watched } from "./days.ts";
import { episodeStarts, meet, type Outcome, outcomeOf } from "./episodes.ts";
import { bandOf, windowOf } from "./exposure.ts";
import type { Overlap } from "./findings.ts";
import { rounded } from "./test-kind.ts";
import { overlapSays } from "./words.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Every incident with the events in whose window it began, by incident, then event. Country events match all places. */
export function overlapsOf(input: {
  incidents: readonly Incident[];
  events: readonly WorldEvent[];
  watched: Watched;
  offsetOf: OffsetOf;
}): Overlap[] {
  const { incidents, events, watched, offsetOf } = input;
  const bases = new Map<string, { days: number; with: number }>();
  const baseOf = (place: string, kind: WorldEvent["kind"], outcome: Outcome) => {
    const key = `${place} ${kind} ${outcome}`;
    const base = bases.get(key) ?? ordinaryBase({ place, kind, outcome, incidents, events, watched, offsetOf });
    bases.set(key, base);
    return base;
  };
  const inTurn = [...events].sort((a, b) => (a.id < b.id ? -1 : 1));
  return incidents.flatMap((incident) => {
    const outcome = outcomeOf(incident);
    if (outcome === null || incident.startUnknown === true) return [];
    return inTurn.flatMap((event): Overlap[] => {
      const lagMinutes = lagOf(incident, event, offsetOf);
      if (lagMinutes === null) return [];
      const base = baseOf(event.place, event.kind, outcome);
      const overlap = {
        type: "overlap",
        ...{ incident: incident.id, event: event.id, eventKind: event.kind, sanctioned: event.sanctioned },
        ...{ place: event.place, lagMinutes, ordinaryDays: base.days, ordinaryDaysWith: base.with },
        baseRate: base.days === 0 ? null : rounded(base.with / base.days),
      } as const;
      return [{ ...overlap, says: overlapSays(overlap, outcome) }];
    });
  });
}

/** The lag where an incident began in an event's place and window; null where it did not. */
export function lagOf(
  { regions, start }: Pick<Incident, "regions" | "start">,
  event: WorldEvent,
  offsetOf: OffsetOf,
): Overlap["lagMinutes"] | null {
  if (event.place !== "KZ" && !meet(regions, [event.place])) return null;
  const band = bandOf(event, event.place, offsetOf);
  const window = windowOf(band);
  const [earliest, latest] = [Date.parse(start.earliest), Date.parse(start.latest)];
  if (latest < window.from || earliest > window.to) return null;
  return {
    earliest: Math.floor((earliest - band.startTo) / MINUTE_MS),
    latest: Math.ceil((latest - band.startFrom) / MINUTE_MS),
  };
}

type Base = {
  place: string;
  kind: WorldEvent["kind"];
  outcome: Outcome;
  incidents: readonly Incident[];
  events: readonly WorldEvent[];
  watched: Watched;
  offsetOf: OffsetOf;
};

/** On how many days without such an event an incident of this kind began there. */
function ordinaryBase({ place, kind, outcome, incidents, events, watched, offsetOf }: Base) {
  const regions = place === "KZ" ? [] : [place];
  const windows = events
    .filter((event) => event.kind === kind && (event.place === place || event.place === "KZ" || place === "KZ"))
    .map((event) => windowOf(bandOf(event, place, offsetOf)));
  const starts = episodeStarts(incidents, outcome).filter((start) => meet(start.regions, regions));
  const days = [...(watched.get(place) ?? [])]
    .map((day) => dayStart(place, day, offsetOf))
    .filter((from) => !windows.some((window) => from < window.to && from + DAY_MS > window.from));
  const isBeside = (from: number) => starts.some((start) => start.to >= from && start.from < from + DAY_MS);
  return { days: days.length, with: days.filter(isBeside).length };
}
