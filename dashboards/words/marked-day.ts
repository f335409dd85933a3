import type { Incident, TargetDay } from "../../collector/api/types.ts";
import { touchesPlace } from "../place-rank.ts";
import { dayResult } from "./day-result.ts";

const DAY_MS = 86_400_000;

/** Share of a network's judgements from which a day is told as one with signs. */
const MARKED = 0.1;

/**
 * What a day tells of a network: `signs` of interference where a tenth of the judgements found it or an incident was
 * open; `single` judgements of it, too few to say more; or `quiet`.
 */
export type DayMark = "signs" | "single" | "quiet";

export function markOf(day: TargetDay, incidents: readonly Incident[]): DayMark {
  const { share } = dayResult(day);
  if (share === 0) return "quiet";
  const open = openOn(incidents, day.day).some((incident) => touchesPlace(incident, null, day.asn));
  return share >= MARKED || open ? "signs" : "single";
}

/** Incidents that were open at some moment of a day (UTC). */
export function openOn(incidents: readonly Incident[], day: string): Incident[] {
  const from = Date.parse(`${day}T00:00:00Z`);
  return incidents.filter(
    ({ start, end }) => Date.parse(start.earliest) < from + DAY_MS && (end === null || Date.parse(end.latest) > from),
  );
}
