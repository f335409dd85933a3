import type { Association, KindTest } from "../../../../collector/analysis/associate/findings.ts";
import type { WorldEvent } from "../../../../protocol/event.ts";
import type { Incident } from "../../../../protocol/incident.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FIRST = Date.parse("2025-01-01T00:00:00Z");
/** All of Kazakhstan has been five hours ahead of UTC since March 2024. */
export const offsetOf = () => 5 * HOUR;
export const CITIES = ["KZ-71", "KZ-75", "KZ-79"];
const days = new Set(Array.from({ length: 365 }, (_, index) => FIRST / DAY + index));
export const watched = new Map(CITIES.map((city) => [city, days]));

/** A forbidden rally in Almaty, from 14 to 17 hours local time of a day of 2025. */
export function rally(day: number, more: Partial<WorldEvent> = {}): WorldEvent {
  const start = FIRST + day * DAY + 9 * HOUR;
  return {
    id: `rally-${day}-${more.place ?? "KZ-75"}`,
    kind: "rally",
    sanctioned: "unsanctioned",
    place: "KZ-75",
    title: "Rally",
    start: new Date(start).toISOString(),
    end: new Date(start + 3 * HOUR).toISOString(),
    precision: "minute",
    source: "https://example.org/",
    ...more,
  };
}

/** A confirmed shutdown of Almaty. */
export function shutdown(at: number, more: Partial<Incident> = {}): Incident {
  const time = new Date(at).toISOString();
  return {
    id: `cut-${time}-${more.regions?.join() ?? ""}`,
    kind: "shutdown",
    method: null,
    extent: "total",
    targets: [],
    asns: [9198],
    regions: ["KZ-75"],
    access: ["fixed"],
    start: { earliest: time, latest: time },
    end: null,
    detectedAt: time,
    confidence: "confirmed",
    witnesses: 4,
    measurements: 40,
    causes: [],
    ...more,
  };
}

export const at = (day: number, hour = 10) => FIRST + day * DAY + hour * HOUR;
export const testsOf = (associations: readonly Association[]) =>
  associations.filter((one): one is KindTest => one.type === "test");
export const about = (found: readonly Association[], incidentKind: string, scope = "all") =>
  testsOf(found).find((one) => one.incidentKind === incidentKind && one.scope === scope);
