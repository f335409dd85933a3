import type {
  FleetView,
  MatrixView,
  PlacesView,
  PlaceView,
  PresenceRow,
  StateCell,
} from "../../collector/api/types.ts";
import { BLOCK, CUT, ENDED, MANY } from "./view-incidents.ts";
import { NAMES } from "./view-names.ts";
import { AS_OF, coverageSeries, findings, fleet, incident, shift, stamp } from "./view-parts.ts";

const DAYS = 90;
const DAY_MIN = 24 * 60;
const FIRST = "2026-08-24T00:00:00.000Z";
const LAST = shift(FIRST, DAYS * DAY_MIN);

const ODD = findings({ "orda.kz": { 9198: "tls_drop" }, "vlast.kz": { 29355: "dns_tamper" } });

/** Lists of regions and of networks by the situation they show. */
export const PLACES_VIEWS = {
  regions: places({ by: "region", open: [CUT, BLOCK], recent: ENDED }),
  regionsWorst: places({ by: "region", sort: "worst", open: MANY, recent: ENDED }),
  networks: places({ by: "network", sort: "worst", open: MANY, recent: ENDED }),
  nobody: places({ by: "network", coverage: [], cells: [] }),
} satisfies Record<string, PlacesView>;

function places(over: Partial<PlacesView> & Pick<PlacesView, "by">): PlacesView {
  return { ...stamp(), names: NAMES, sort: "name", open: [], recent: [], coverage: fleet(), cells: ODD, ...over };
}

function daily(region: string | null, asn: number | null, count: number, from = 0): PresenceRow {
  const points = coverageSeries(FIRST, LAST, DAY_MIN, count, [
    { until: shift(FIRST, from * DAY_MIN), min: null, max: null },
    { until: LAST, min: Math.max(0, count - 1), max: count },
  ]);
  return { region, asn, points };
}

const FEW: PresenceRow = {
  region: null,
  asn: null,
  points: daily(null, null, 0).points.map(({ from, to }) => ({
    from,
    to,
    min: null,
    max: null,
    expected: 0,
    few: true,
  })),
};

const LONG_BLOCK = incident({
  id: "KZ-2026-0031",
  start: { earliest: "2026-10-03T04:00:00.000Z", latest: "2026-10-03T04:30:00.000Z" },
  end: { earliest: "2026-10-09T18:00:00.000Z", latest: "2026-10-09T19:00:00.000Z" },
});

const PLACE: PlaceView = {
  ...stamp(),
  names: NAMES,
  region: "KZ-75",
  asn: null,
  open: [],
  incidents: [],
  coverage: fleet().filter(({ region }) => region === "KZ-75"),
  cells: ODD,
  rows: [daily(null, 9198, 6), daily(null, 29355, 5, 40), daily(null, 21299, 4), FEW],
  from: FIRST.slice(0, 10),
  to: shift(LAST, -1).slice(0, 10),
  gaps: [],
  events: [],
  reports: [],
};

/** Pages of one region or network by the situation they show. */
export const PLACE_VIEWS = {
  quiet: PLACE,
  cut: {
    ...PLACE,
    open: [CUT, BLOCK],
    incidents: [CUT, BLOCK, LONG_BLOCK, ...ENDED],
    events: [
      {
        ...{ id: "e1", kind: "rally", sanctioned: "unsanctioned", place: "KZ-75", title: "Rally (invented)" },
        ...{ start: shift(AS_OF, -100), end: null, precision: "minute", source: "https://example.org/rally" },
      },
    ],
  },
  network: {
    ...PLACE,
    region: null,
    asn: 29355,
    open: MANY.slice(2, 4),
    incidents: [...MANY.slice(2, 4), LONG_BLOCK],
    coverage: fleet().filter(({ asn }) => asn === 29355),
    rows: [daily("KZ-75", null, 5), daily("KZ-71", null, 4)],
  },
  unwatched: { ...PLACE, region: "KZ-62", coverage: [], cells: [], rows: [] },
} satisfies Record<string, PlaceView>;

const CELLS: StateCell[] = fleet().map(({ region, asn, known }, index): StateCell => {
  const place = { region: region ?? "KZ-75", asn: asn ?? 9198 };
  if (known < 3)
    return { ...place, min: null, max: null, expected: 0, targets: 0, blocked: 0, codes: { ok: 1 }, few: true };
  const codes = index % 3 === 0 ? { ok: 20, tls_drop: 1, dns_tamper: 1 } : { ok: 22 };
  const judged =
    index % 7 === 0 ? { targets: 0, blocked: 0, codes: {} } : { targets: 22, blocked: 22 - codes.ok, codes };
  return { ...place, min: index % 5 === 0 ? 0 : known, max: known, expected: known, ...judged };
});

const MATRIX: MatrixView = {
  ...stamp(),
  names: NAMES,
  at: AS_OF,
  value: "connected",
  sort: "name",
  cells: CELLS,
  open: MANY,
  gaps: [],
};

/** The matrix by the value it shows. */
export const MATRIX_VIEWS = {
  connected: MATRIX,
  sites: { ...MATRIX, value: "sites", sort: "worst" },
  dns: { ...MATRIX, value: "dns" },
  incidents: { ...MATRIX, value: "incidents" },
  noData: { ...MATRIX, open: [], cells: CELLS.map((cell) => ({ ...cell, min: null, max: null })) },
  nobody: { ...MATRIX, open: [], cells: [] },
} satisfies Record<string, MatrixView>;

const FLEET: FleetView = {
  ...stamp(),
  names: NAMES,
  coverage: fleet(),
  controls: { known: 4, present: 3 },
  silences: [CUT, ...MANY.slice(6)],
  versions: [
    { software: "kuager/0.2.0", probes: 61 },
    { software: "kuager/0.1.0", probes: 9 },
    { software: null, probes: 2 },
  ],
  lag: { p50Ms: 40_000, p95Ms: 360_000, measurements: 500 },
  measurements: { total: 1_284_306, lastAt: shift(AS_OF, -1) },
  gaps: [
    { from: "2026-11-20T09:00:00.000Z", to: "2026-11-20T09:42:00.000Z" },
    { from: "2026-09-01T01:00:00.000Z", to: "2026-09-01T07:00:00.000Z" },
  ],
  days: daily(null, null, 60, 30).points,
};

/** Pages about the fleet by the situation they show. */
export const FLEET_VIEWS = {
  usual: FLEET,
  nobody: {
    ...FLEET,
    ...{ coverage: [], silences: [], versions: [], lag: null, gaps: [], days: [] },
    controls: { known: 0, present: 0 },
    measurements: { total: 0, lastAt: null },
  },
} satisfies Record<string, FleetView>;
