import type { Incident, WorldEvent } from "../../collector/api/types.ts";
import { boundsOf } from "../chart/scale.ts";
import type { Context } from "../context.ts";
import { durationText } from "./duration.ts";

const NEAR_MS = 24 * 3_600_000;
const SAME_MS = 2 * 60_000;
const SHOWN = 5;

/** An incident of the page with the letter that marks it. */
export type Lettered = { letter: string; incident: Incident };

/**
 * How the starts of incidents lie to the start of an event in the same place, nearest first: after, before, on that
 * day. Both uncertainties are carried through. It is closeness in time and nothing more.
 */
export function lagTexts(context: Context, event: WorldEvent, incidents: readonly Lettered[], zone: string): string[] {
  return incidents
    .filter(({ incident }) => samePlace(event.place, incident.regions))
    .map((one) => ({ one, ...lagOf(event, one.incident, zone) }))
    .filter(({ minMs, maxMs }) => minMs <= NEAR_MS && maxMs >= -NEAR_MS)
    .filter(
      ({ minMs, maxMs }) => event.precision === "minute" || event.precision === "hour" || (minMs < 0 && maxMs > 0),
    )
    .sort((a, b) => Math.abs(a.minMs + a.maxMs) - Math.abs(b.minMs + b.maxMs))
    .slice(0, SHOWN)
    .map(({ one, minMs, maxMs }) => lagText(context, event.precision, one.letter, minMs, maxMs));
}

function samePlace(place: string, regions: readonly string[]): boolean {
  return place === "KZ" || regions.length === 0 || regions.includes(place);
}

/** Least and greatest possible time from the event's start to the incident's; negative: the incident came first. */
function lagOf(event: WorldEvent, { start }: Incident, zone: string): { minMs: number; maxMs: number } {
  const [first, last] = boundsOf(event.start, event.precision, zone);
  return { minMs: Date.parse(start.earliest) - last, maxMs: Date.parse(start.latest) - first };
}

function lagText(
  context: Context,
  precision: WorldEvent["precision"],
  incident: string,
  minMs: number,
  maxMs: number,
): string {
  const { t } = context;
  if (precision === "day") return t("lag.sameDay", { incident });
  if (minMs < 0 && maxMs > 0) return t(maxMs - minMs <= SAME_MS ? "lag.sameMoment" : "lag.within", { incident });
  if (minMs === 0 && maxMs === 0) return t("lag.sameMoment", { incident });
  const after = minMs >= 0;
  const [near, far] = after ? [minMs, maxMs] : [-maxMs, -minMs];
  const [min, max] = [durationText(context, near), durationText(context, far)];
  if (min === max) return t(after ? "lag.after" : "lag.before", { incident, duration: max });
  return t(after ? "lag.afterSpan" : "lag.beforeSpan", { incident, min, max });
}
