import type { Incident, Interval } from "../../collector/api/types.ts";

/** A block, interception or slowing down that began, or ended: both told in the same manner. */
export type Change = { way: "began" | "ended"; when: Interval; incident: Incident };

/** What began and what ended, newest first: that a site opens again stands beside that it was blocked. */
export function changesOf(incidents: readonly Incident[]): Change[] {
  return incidents
    .flatMap((incident): Change[] => [
      { way: "began", when: incident.start, incident },
      ...(incident.end === null ? [] : [{ way: "ended" as const, when: incident.end, incident }]),
    ])
    .sort((a, b) => b.when.latest.localeCompare(a.when.latest));
}

/** The first beginning and the last end (null: open) of some incidents; null where there are none. */
export function spanOf(incidents: readonly Incident[]): { first: Interval; last: Interval | null } | null {
  const [first] = [...incidents].sort((a, b) => a.start.earliest.localeCompare(b.start.earliest));
  if (first === undefined) return null;
  const ends = incidents.flatMap(({ end }) => (end === null ? [] : [end]));
  const open = incidents.some(({ end }) => end === null);
  const [last] = ends.sort((a, b) => b.latest.localeCompare(a.latest));
  return { first: first.start, last: open ? null : (last ?? null) };
}
