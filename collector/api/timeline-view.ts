import type { EpochMs } from "../analysis/types.ts";
import type { StoredProbe, Window } from "../store/store.ts";
import { utc } from "../time.ts";
import { coverageSeries } from "./coverage.ts";
import { numbersOf } from "./incident-rows.ts";
import { type Reader, stamp } from "./reader.ts";
import { isSmall } from "./small-cells.ts";
import type { CoveragePoint, Gap, Incident, Report, TimelineView, WorldEvent } from "./types.ts";

export type TimelineChoice = Window & {
  readonly region: string | null;
  readonly asn: number | null;
  /** Null: as known now. */
  readonly asOf: EpochMs | null;
};

const BUCKETS = 200;
const EVENTS_MAX = 2000;
const INCIDENTS_MAX = 2000;

/** Everything the timeline shows for one window of time and an optional region or network. */
export async function timelineView(reader: Reader, choice: TimelineChoice): Promise<TimelineView> {
  const { store, catalogue, now } = reader;
  const { from, to, region, asn, asOf } = choice;
  const [incidents, events, heads, known] = await Promise.all([
    store.incidents.list({ from, to, asOf, openOnly: false, limit: INCIDENTS_MAX }),
    store.events.within({ from, to }, EVENTS_MAX),
    store.publications.heads(asOf),
    coverageOf(reader, { ...choice, to: Math.min(to, now(), asOf ?? Number.MAX_SAFE_INTEGER) }),
  ]);
  return {
    ...stamp(reader, asOf),
    names: catalogue.names,
    from: utc(from),
    to: utc(to),
    region,
    asn,
    numbers: numbersOf(heads, incidents),
    incidents: incidents.filter((incident) => concerns(incident, choice)).reverse(),
    events: eventsIn(events, region),
    reports: reportsIn(catalogue.reports, choice),
    ...known,
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

/**
 * How many witnesses were present over a window, and when the collector itself was off. Of a region or network with
 * few witnesses no counts are told: they would be the comings and goings of one person.
 */
export async function coverageOf(
  { store, now }: Reader,
  { from, to, region, asn }: Omit<TimelineChoice, "asOf">,
): Promise<{ coverage: CoveragePoint[]; gaps: Gap[] }> {
  const window = { from, to };
  const [probes, rows, gaps] = await Promise.all([
    store.probes.all(),
    store.presence.within(window),
    store.gaps.within(window),
  ]);
  const chosen = probes.filter(
    (probe) =>
      probe.role === "witness" && (region === null || probe.region === region) && (asn === null || probe.asn === asn),
  );
  const ids = new Set(chosen.map(({ id }) => id));
  const presences = rows
    .filter(({ probe }) => ids.has(probe))
    .map((row) => ({ from: row.from, to: row.received === null ? now() : row.to }));
  const coverage = coverageSeries({
    window,
    presences,
    memberships: chosen.map(membership),
    gaps: [...gaps, beforeAll(probes)],
    buckets: BUCKETS,
  });
  const placed = region !== null || asn !== null;
  const hidden = placed && isSmall("witness", chosen.filter(({ left }) => left === null || left >= from).length);
  return {
    coverage: hidden ? coverage.map(hideCounts) : coverage,
    gaps: gaps.map((gap) => ({ from: utc(gap.from), to: utc(gap.to) })),
  };
}

function hideCounts({ from, to }: CoveragePoint): CoveragePoint {
  return { from, to, min: null, max: null, expected: 0, few: true };
}

function membership({ joined, left }: StoredProbe): Window {
  return { from: joined, to: left ?? Number.MAX_SAFE_INTEGER };
}

/** Before the first probe joined, nobody watched. */
function beforeAll(probes: readonly StoredProbe[]): Window {
  return { from: 0, to: probes[0]?.joined ?? Number.MAX_SAFE_INTEGER };
}
