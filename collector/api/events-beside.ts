import type { Incident } from "../../protocol/incident.ts";
import { createWatch, withCountry } from "../analysis/associate/days.ts";
import type { Overlap } from "../analysis/associate/findings.ts";
import { overlapsOf } from "../analysis/associate/overlaps.ts";
import { regionOffsets } from "../events/local-time.ts";
import type { Reader } from "./reader.ts";
import { standingIncidents } from "./standing-incidents.ts";

const YEAR_MS = 366 * 86_400_000;
const ROWS_MAX = 10_000;

/**
 * Events of its place in whose window an incident began, with the lag and how often such an incident began there on
 * ordinary days of the year before. It is closeness in time and nothing more.
 */
export async function eventsBeside(
  { store, catalogue, now, enoughProbes }: Reader,
  incident: Incident,
): Promise<Overlap[]> {
  const to = Math.min(now(), Date.parse(incident.start.latest) + YEAR_MS / 12);
  const window = { from: Date.parse(incident.start.earliest) - YEAR_MS, to };
  const [probes, presences, events, { incidents: others }] = await Promise.all([
    store.probes.all(),
    store.presence.within(window),
    store.events.within(window, ROWS_MAX),
    standingIncidents({ store }, { ...window, asOf: null, openOnly: false, limit: ROWS_MAX }),
  ]);
  const offsetOf = regionOffsets(catalogue.regions);
  const watch = createWatch(offsetOf);
  const witnesses = probes.filter(({ role }) => role === "witness");
  // Of a region with few witnesses the days watched would be the comings and goings of one person.
  const many = (region: string) => witnesses.filter((probe) => probe.region === region).length >= enoughProbes;
  const regionOf = new Map(witnesses.map(({ id, region }) => [id, region !== null && many(region) ? region : null]));
  for (const row of presences) {
    const region = regionOf.get(row.probe);
    const until = row.received === null ? now() : row.to;
    if (region != null) watch.saw(region, Math.max(row.from, window.from), Math.min(until, to));
  }
  const incidents = [incident, ...others.filter(({ id }) => id !== incident.id)];
  const found = overlapsOf({ incidents, events, watched: withCountry(watch.watched()), offsetOf });
  return found.filter((overlap) => overlap.incident === incident.id);
}
