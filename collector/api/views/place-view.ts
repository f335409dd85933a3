import { utc } from "../../time.ts";
import { coverageCells } from "../coverage.ts";
import { publicReports } from "../kept-reports.ts";
import { type Reader, stamp } from "../reader.ts";
import { standingIncidents } from "../standing-incidents.ts";
import { latestCells } from "../target-cells.ts";
import { concerns, reportsIn } from "../timeline-view.ts";
import { presenceRows } from "./presence-rows.ts";
import type { PlaceView } from "./view-types.ts";

const DAY_MS = 86_400_000;
const DAYS = 90;
const INCIDENTS_MAX = 2000;
const EVENTS_MAX = 200;

/** Exactly one of both is set. */
export type Place = { readonly region: string | null; readonly asn: number | null };

/** Everything the page of one region or network shows; null when the project knows none of that code. */
export async function placeView(reader: Reader, place: Place): Promise<PlaceView | null> {
  const { store, catalogue } = reader;
  if (!isKnown(reader, place)) return null;
  const at = reader.now();
  const from = Math.floor(at / DAY_MS) * DAY_MS - (DAYS - 1) * DAY_MS;
  const window = { from, to: at + 1 };
  const [probes, found, open, cells, rows, events, gaps, reports] = await Promise.all([
    store.probes.all(),
    standingIncidents(reader, { ...window, asOf: null, openOnly: false, limit: INCIDENTS_MAX }),
    standingIncidents(reader, { from: 0, to: at + 1, asOf: null, openOnly: true, limit: INCIDENTS_MAX }),
    latestCells(reader),
    presenceRows(reader, { ...window, ...place, by: place.region === null ? "region" : "network", stepMs: DAY_MS }),
    store.events.within(window, EVENTS_MAX),
    store.gaps.within(window),
    publicReports(reader),
  ]);
  const own = probes.filter((probe) => probe.role === "witness" && isIn(probe, place));
  return {
    ...stamp(reader, null),
    names: catalogue.names,
    numbers: { ...open.numbers, ...found.numbers },
    ...place,
    open: open.incidents.filter((incident) => concerns(incident, place)),
    incidents: found.incidents.filter((incident) => concerns(incident, place)),
    coverage: coverageCells(own, reader.present()),
    cells: cells.filter((cell) => isIn(cell, place)),
    rows,
    from: utc(from).slice(0, 10),
    to: utc(at).slice(0, 10),
    gaps: gaps.map((gap) => ({ from: utc(gap.from), to: utc(gap.to) })),
    events: place.region === null ? [] : events.filter((event) => event.place === place.region),
    reports:
      place.region === null
        ? []
        : reportsIn(reports, { from: 0, to: at, region: place.region }).filter(
            (report) => report.place === place.region,
          ),
  };
}

function isKnown({ catalogue }: Reader, { region, asn }: Place): boolean {
  if (region !== null) return catalogue.regions.some(({ code }) => code === region);
  return catalogue.networks.some((network) => network.asn === asn);
}

function isIn(one: Place, { region, asn }: Place): boolean {
  return (region === null || one.region === region) && (asn === null || one.asn === asn);
}
