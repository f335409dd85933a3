import type { PresenceRow, TimelinePageView, WorldEvent } from "../../collector/api/types.ts";
import { OUTSIDE } from "./outside-views.ts";
import { BLOCK, ENDED, MANY } from "./view-incidents.ts";
import { NAMES, SITES } from "./view-names.ts";
import { AS_OF, CAUSES, coverageSeries, incident, shift, stamp } from "./view-parts.ts";

const WINDOW = { from: "2022-01-04T12:00:00.000Z", to: "2022-01-06T12:00:00.000Z" };
const PAST: TimelinePageView = {
  ...stamp(),
  names: NAMES,
  ...WINDOW,
  region: "KZ-75",
  asn: null,
  incidents: [],
  events: [],
  reports: [],
  coverage: coverageSeries(WINDOW.from, WINDOW.to, 10, 12, [{ until: WINDOW.to, min: 11, max: 12 }]),
  gaps: [],
  rows: [],
  rowsBy: "network",
  eventsShown: true,
  around: [],
  outside: [],
};

/** Four networks of a city, of which the last two are told together. */
const ROWS: PresenceRow[] = [
  { region: null, asn: 9198, points: city(5, 6) },
  { region: null, asn: 29355, points: city(2, 3) },
  { region: null, asn: null, points: city(2, 3) },
];

function city(low: number, high: number) {
  return coverageSeries(WINDOW.from, WINDOW.to, 20, high, [
    { until: "2022-01-05T10:20:00.000Z", min: low, max: high },
    { until: "2022-01-05T10:40:00.000Z", min: 0, max: high },
    { until: "2022-01-05T20:40:00.000Z", min: 0, max: 0 },
    { until: "2022-01-05T21:20:00.000Z", min: null, max: null },
    { until: WINDOW.to, min: low, max: high },
  ]);
}

const EVENTS: WorldEvent[] = [
  {
    id: "e1",
    kind: "rally",
    sanctioned: "unsanctioned",
    place: "KZ-75",
    title: "Rally on the main square (invented)",
    start: "2022-01-05T10:18:00.000Z",
    end: "2022-01-05T15:00:00.000Z",
    precision: "minute",
    source: "https://example.org/rally",
  },
  {
    id: "e2",
    kind: "emergency",
    sanctioned: "unknown",
    place: "KZ",
    title: "State of emergency announced (invented)",
    start: "2022-01-05T00:00:00.000Z",
    end: null,
    precision: "day",
    source: "https://example.org/emergency",
  },
];

/** A city without internet, in January 2022. */
export const PAST_CUT = incident({
  id: "KZ-2022-0001",
  kind: "shutdown",
  method: null,
  extent: "total",
  targets: [],
  asns: [],
  access: [],
  start: { earliest: "2022-01-05T10:30:00.000Z", latest: "2022-01-05T10:41:00.000Z" },
  end: { earliest: "2022-01-05T20:50:00.000Z", latest: "2022-01-05T21:10:00.000Z" },
  witnesses: 11,
  measurements: 0,
  causes: CAUSES,
});
const PAST_BLOCK = incident({
  id: "KZ-2022-0002",
  start: { earliest: "2022-01-04T13:05:00.000Z", latest: "2022-01-04T13:40:00.000Z" },
  end: { earliest: "2022-01-06T04:00:00.000Z", latest: "2022-01-06T06:30:00.000Z" },
});

/** Timelines by the situation they show. */
export const TIMELINE_VIEWS = {
  nothingKnown: {
    ...PAST,
    region: null,
    coverage: coverageSeries(WINDOW.from, WINDOW.to, 10, 0, [{ until: WINDOW.to, min: 0, max: 0 }]),
  },
  quiet: PAST,
  fewProbes: {
    ...PAST,
    region: "KZ-62",
    coverage: PAST.coverage.map(({ from, to }) => ({
      from,
      to,
      min: null,
      max: null,
      expected: 0,
      few: true as const,
    })),
  },
  oneOpenBlock: {
    ...PAST,
    from: shift(AS_OF, -24 * 60),
    to: AS_OF,
    asn: 9198,
    incidents: [BLOCK],
    coverage: coverageSeries(shift(AS_OF, -24 * 60), AS_OF, 5, 18, [{ until: AS_OF, min: 17, max: 18 }]),
  },
  cityCut: {
    ...PAST,
    incidents: [PAST_CUT, PAST_BLOCK],
    events: EVENTS,
    rows: ROWS,
    around: EVENTS,
    outside: OUTSIDE,
    reports: [
      {
        id: "r1",
        title: {
          kk: "Бүкіл елде интернет жоқ (ойдан шығарылған)",
          ru: "Интернета нет по всей стране (выдумано)",
          en: "No internet in the whole country (invented)",
        },
        place: "KZ",
        start: "2022-01-05T10:30:00.000Z",
        end: "2022-01-06T03:00:00.000Z",
        precision: "hour",
        grade: "A",
        kind: "shutdown",
        targets: [],
        source: "https://example.org/report",
      },
    ],
    coverage: coverageSeries(WINDOW.from, WINDOW.to, 10, 12, [
      { until: "2022-01-05T05:00:00.000Z", min: 11, max: 12 },
      { until: "2022-01-05T10:30:00.000Z", min: 10, max: 12 },
      { until: "2022-01-05T10:40:00.000Z", min: 1, max: 11 },
      { until: "2022-01-05T20:50:00.000Z", min: 0, max: 1 },
      { until: "2022-01-05T21:20:00.000Z", min: 2, max: 9 },
      { until: WINDOW.to, min: 9, max: 11 },
    ]),
  },
  manyIncidents: {
    ...PAST,
    from: shift(AS_OF, -7 * 24 * 60),
    to: AS_OF,
    region: null,
    incidents: [
      ...MANY,
      ...ENDED,
      ...Array.from({ length: 30 }, (_, index) =>
        incident({
          id: `KZ-2026-01${String(index).padStart(2, "0")}`,
          targets: [SITES[index % SITES.length] ?? "orda.kz"],
          method: index % 2 === 0 ? "tls_drop" : "http_block",
          start: { earliest: shift(AS_OF, -9000 + index * 250), latest: shift(AS_OF, -8980 + index * 250) },
          end: { earliest: shift(AS_OF, -8700 + index * 250), latest: shift(AS_OF, -8650 + index * 250) },
        }),
      ),
    ],
    events: EVENTS.map((event, index) => ({ ...event, start: shift(AS_OF, -2000 - index * 900), end: null })),
    coverage: coverageSeries(shift(AS_OF, -7 * 24 * 60), AS_OF, 20, 40, [{ until: AS_OF, min: 31, max: 38 }]),
  },
  measuredByOthers: {
    ...PAST,
    outside: OUTSIDE,
  },
  collectorGap: {
    ...PAST,
    // Across the night of 29 February 2024, in which the hour from 23:00 to 24:00 came twice.
    from: "2024-02-29T06:00:00.000Z",
    to: "2024-03-01T06:00:00.000Z",
    gaps: [{ from: "2024-02-29T14:00:00.000Z", to: "2024-02-29T17:20:00.000Z" }],
    coverage: coverageSeries("2024-02-29T06:00:00.000Z", "2024-03-01T06:00:00.000Z", 10, 12, [
      { until: "2024-02-29T14:00:00.000Z", min: 12, max: 12 },
      { until: "2024-02-29T17:20:00.000Z", min: null, max: null },
      { until: "2024-03-01T06:00:00.000Z", min: 10, max: 12 },
    ]),
    incidents: [
      incident({
        id: "KZ-2024-0007",
        start: { earliest: "2024-02-29T17:30:00.000Z", latest: "2024-02-29T18:10:00.000Z" },
        end: { earliest: "2024-02-29T21:00:00.000Z", latest: "2024-02-29T21:05:00.000Z" },
      }),
    ],
  },
} satisfies Record<string, TimelinePageView>;
