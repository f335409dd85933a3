import type { Access } from "../../protocol/primitives.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Window } from "../store/store.ts";
import { utc } from "../time.ts";
import { coverageLanes, coverageOf } from "./coverage-series.ts";
import { publicReports } from "./kept-reports.ts";
import { type Reader, stamp } from "./reader.ts";
import { standingIncidents } from "./standing-incidents.ts";
import type { Incident, Report, TimelineView, WorldEvent } from "./types.ts";

export type TimelineChoice = Window & {
  readonly region: string | null;
  readonly asn: number | null;
  /** Null or left out: both. */
  readonly access?: Access | null;
  /** Null: as known now. */
  readonly asOf: EpochMs | null;
  /** Whether coverage is told for each region and network as well. */
  readonly lanes?: boolean;
};

const EVENTS_MAX = 2000;
const INCIDENTS_MAX = 2000;

/** Everything the timeline shows for one window of time and an optional region or network. */
export async function timelineView(reader: Reader, choice: TimelineChoice): Promise<TimelineView> {
  const { store, catalogue, now } = reader;
  const { from, to, region, asn, asOf, lanes: withLanes = false } = choice;
  const covered = { ...choice, to: Math.min(to, now(), asOf ?? Number.MAX_SAFE_INTEGER) };
  const [{ incidents, numbers }, events, reports, known, lanes] = await Promise.all([
    standingIncidents(reader, { from, to, asOf, openOnly: false, limit: INCIDENTS_MAX }),
    store.events.within({ from, to }, EVENTS_MAX),
    publicReports(reader),
    coverageOf(reader, covered),
    withLanes ? coverageLanes(reader, covered) : undefined,
  ]);
  return {
    ...stamp(reader, asOf),
    names: catalogue.names,
    from: utc(from),
    to: utc(to),
    region,
    asn,
    numbers,
    incidents: incidents.filter((incident) => concerns(incident, choice) && isOver(incident, choice.access)).reverse(),
    events: eventsIn(events, region),
    reports: reportsIn(reports, choice),
    ...known,
    ...(lanes !== undefined && { lanes }),
  };
}

/** Whether an incident touches a chosen region and network; an incident without any was everywhere watched. */
export function concerns(incident: Incident, { region, asn }: Pick<TimelineChoice, "region" | "asn">): boolean {
  const { regions, asns } = incident;
  return (
    (region === null || regions.length === 0 || regions.includes(region)) &&
    (asn === null || asns.length === 0 || asns.includes(asn))
  );
}

function isOver(incident: Incident, access: Access | null | undefined): boolean {
  return access == null || incident.access.length === 0 || incident.access.includes(access);
}

/** Events of a region, with those of the whole country. */
export function eventsIn(events: readonly WorldEvent[], region: string | null): WorldEvent[] {
  return events.filter(({ place }) => region === null || place === region || place === "KZ");
}

/** Reports that touch the window and the region. */
export function reportsIn(
  reports: readonly Report[],
  { from, to, region }: Window & { region: string | null },
): Report[] {
  return reports.filter(
    ({ place, start, end }) =>
      (region === null || place === region || place === "KZ") &&
      Date.parse(start) < to &&
      Date.parse(end ?? start) >= from,
  );
}
