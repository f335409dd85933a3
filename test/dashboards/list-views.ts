import { unpublishedRow } from "../../collector/api/incident-rows.ts";
import type { EventsView, ExploreView, IncidentChoice, IncidentRow, IncidentsView } from "../../collector/api/types.ts";
import { TIMELINE_VIEWS } from "./timeline-views.ts";
import { ENDED, MANY } from "./view-incidents.ts";
import { NAMES, SITES } from "./view-names.ts";
import { AS_OF, coverageSeries, shift, stamp } from "./view-parts.ts";

const ANY: IncidentChoice = {
  ...{ region: null, asn: null, target: null, kind: null, confidence: null, state: null },
  ...{ from: null, to: null, open: false },
};
/** A published row, one that was withdrawn on review, one merged into it, one behind what is known, and unpublished ones. */
const ROWS: IncidentRow[] = TIMELINE_VIEWS.manyIncidents.incidents.map((incident, index) => {
  const published = {
    ...incident,
    number: `KZ-2026-${1000 + index}`,
    version: 2,
    publishedAt: AS_OF,
    changedSince: false,
  };
  if (index === 0) return { ...published, state: "published", changedSince: true };
  if (index === 1) {
    const reason = { ru: "Ошибка при проверке" };
    return { ...published, state: "withdrawn", withdrawn: { at: AS_OF, by: "review", reason } };
  }
  if (index === 2) return { ...published, state: "merged", mergedInto: "KZ-2026-1000" };
  return unpublishedRow(incident);
});
const BASE = { ...stamp(), names: NAMES };

/** Lists of incidents by the situation they show. */
export const INCIDENTS_VIEWS = {
  all: {
    ...BASE,
    choice: ANY,
    incidents: ROWS,
    page: 2,
    cut: false,
  },
  standing: { ...BASE, choice: ANY, incidents: ROWS.slice(0, 5), page: 1, cut: false },
  chosen: {
    ...BASE,
    choice: {
      ...{
        region: "KZ-75",
        asn: 29355,
        target: "orda.kz",
        kind: "block",
        confidence: "confirmed",
        state: "unpublished",
      },
      ...{ from: "2026-01-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z", open: true },
    },
    incidents: [...MANY.slice(0, 2), ...ENDED].map(unpublishedRow),
    page: 1,
    cut: true,
  },
  none: { ...BASE, choice: ANY, incidents: [], page: 1, cut: false },
} satisfies Record<string, IncidentsView>;

const { events } = TIMELINE_VIEWS.cityCut;

/** Lists of events by the situation they show. */
export const EVENTS_VIEWS = {
  all: {
    ...BASE,
    ...{ kind: null, region: null, from: null, to: null, page: 1 },
    events: Array.from({ length: 30 }, (_, index) => ({
      ...(events[index % 2] ?? events[0]),
      id: `e${index}`,
    })).flatMap((event) => ("kind" in event ? [event as (typeof events)[number]] : [])),
  },
  none: {
    ...BASE,
    ...{ kind: "rally", region: "KZ-62", from: "2026-01-01T00:00:00.000Z", to: null, page: 1 },
    events: [],
  },
} satisfies Record<string, EventsView>;

const FROM = shift(AS_OF, -24 * 60);

/** Series to explore by what they show. */
export const EXPLORE_VIEWS = {
  presence: {
    ...BASE,
    ...{ targets: SITES, region: null, asn: null, target: null, from: FROM, to: AS_OF, findings: [] },
    presence: coverageSeries(FROM, AS_OF, 10, 18, [
      { until: shift(FROM, 600), min: 17, max: 18 },
      { until: shift(FROM, 700), min: null, max: null },
      { until: AS_OF, min: 3, max: 9 },
    ]),
  },
  share: {
    ...BASE,
    ...{ targets: SITES, region: "KZ-75", asn: 9198, target: "orda.kz", from: FROM, to: AS_OF, presence: [] },
    findings: Array.from({ length: 24 }, (_, index) => ({
      from: shift(FROM, index * 60),
      to: shift(FROM, index * 60 + 60),
      measured: index % 5 === 0 ? 0 : 12,
      interfered: index % 5 === 0 ? 0 : index % 13,
    })),
  },
  few: {
    ...BASE,
    ...{ targets: SITES, region: "KZ-62", asn: null, target: "orda.kz", from: FROM, to: AS_OF, presence: [] },
    findings: [
      { from: FROM, to: AS_OF, measured: 1, interfered: 1, few: true as const },
      { from: AS_OF, to: shift(AS_OF, 1440), measured: 0, interfered: 0, few: true as const },
    ],
  },
} satisfies Record<string, ExploreView>;
