import type { Incident } from "../collector/api/types.ts";

const KINDS: readonly Incident["kind"][] = ["shutdown", "outage", "interception", "block", "throttle"];

/** Whether an incident touches a region and a network; one without any was everywhere watched. */
export function touchesPlace(incident: Incident, region: string | null, asn: number | null): boolean {
  const { regions, asns } = incident;
  return (
    (region === null || regions.length === 0 || regions.includes(region)) &&
    (asn === null || asns.length === 0 || asns.includes(asn))
  );
}

/** The gravest kind among incidents: 0 the gravest, a large number where there is none. */
export function gravestKind(incidents: readonly Incident[]): number {
  return Math.min(KINDS.length, ...incidents.map(({ kind }) => KINDS.indexOf(kind)));
}
