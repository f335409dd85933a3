import type { WorldEvent } from "../../../protocol/event.ts";
import type { EpochMs } from "../types.ts";
import { dayOf, dayStart, type OffsetOf } from "./days.ts";
import { ASSOCIATION } from "./settings.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** When an event may have begun and ended: bounds as wide as what is known of it is coarse. */
export type Band = { startFrom: EpochMs; startTo: EpochMs; endBy: EpochMs };

/** A day of one region on which incidents may follow an event: the time in which their start counts, from midnight. */
export type Exposure = { region: string; day: number; from: number; to: number };

/** The bounds of an event's times by its precision: a day is the local day, a month thirty-one of them. */
export function bandOf(event: WorldEvent, region: string, offsetOf: OffsetOf): Band {
  const start = Date.parse(event.start);
  const end = event.end === null ? null : Date.parse(event.end);
  if (event.precision === "minute" || event.precision === "hour") {
    const width = event.precision === "hour" ? HOUR_MS : MINUTE_MS;
    return { startFrom: start, startTo: start + width, endBy: (end ?? start + ASSOCIATION.assumedMs) + width };
  }
  // Times of this precision say a date only, which is the local one: the first moment of that day in UTC.
  const first = Math.floor(start / DAY_MS);
  const last = event.precision === "month" ? first + 30 : first;
  const endDay = Math.max(last, end === null ? last : Math.floor(end / DAY_MS));
  return {
    startFrom: dayStart(region, first, offsetOf),
    startTo: dayStart(region, last + 1, offsetOf),
    endBy: dayStart(region, endDay + 1, offsetOf),
  };
}

/** The time in which the start of an incident counts as beside the event. */
export function windowOf({ startFrom, endBy }: Band): { from: EpochMs; to: EpochMs } {
  return { from: startFrom - ASSOCIATION.beforeMs, to: endBy + ASSOCIATION.afterMs };
}

/**
 * Event days of one kind: each day of a region once, however many events it had. Events known to the month only say
 * nothing about days; those that last longer than three days would make every day an event day.
 */
export function exposuresOf(events: readonly WorldEvent[], offsetOf: OffsetOf): Exposure[] {
  const days = new Map<string, Exposure>();
  for (const event of events) {
    const band = bandOf(event, event.place, offsetOf);
    if (event.precision === "month" || band.endBy - band.startFrom > 3 * DAY_MS) continue;
    const day = dayOf(event.place, band.startFrom, offsetOf);
    const midnight = dayStart(event.place, day, offsetOf);
    const window = windowOf(band);
    const [from, to] = [window.from - midnight, window.to - midnight];
    const key = `${event.place} ${day}`;
    const before = days.get(key);
    days.set(key, {
      region: event.place,
      day,
      from: Math.min(before?.from ?? from, from),
      to: Math.max(before?.to ?? to, to),
    });
  }
  return [...days.values()].sort((a, b) => a.day - b.day || (a.region < b.region ? -1 : 1));
}
