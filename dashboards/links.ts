import type { Category, IncidentChoice, Language, MatrixValue, TimelineView } from "../collector/api/types.ts";
import { pageHref } from "./site-map.ts";

/** What picks a view of the timeline; all of it stands in the address, so that an address is a citation. */
export type TimelineChoice = {
  region?: string | null | undefined;
  asn?: number | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  asOf?: string | null | undefined;
  /** False: without the layer of events. */
  events?: boolean | undefined;
};

/** Address of the first page. */
export function nowHref(language: Language): string {
  return pageHref(language, "now");
}

/** Address of a timeline. */
export function timelineHref(language: Language, choice: TimelineChoice = {}): string {
  const events = choice.events === false ? "0" : null;
  return `/${language}/timeline${query({ ...choiceQuery(choice), as_of: choice.asOf, events })}`;
}

/** Address of the page of one incident, as known at a moment where one is given. */
export function incidentHref(language: Language, id: string, asOf: string | null = null): string {
  return `/${language}/i/${part(id)}${query({ as_of: asOf })}`;
}

/** Address of a list of incidents. */
export function incidentsHref(language: Language, choice: Partial<IncidentChoice> = {}, page = 1): string {
  const { open, ...rest } = choice;
  return `/${language}/incidents${query({ ...rest, open: open === true ? "1" : null, page: page > 1 ? page : null })}`;
}

/** Address of the list of sites, of one category or of those with changes in seven days where that is asked for. */
export function targetsHref(language: Language, category: Category | null = null, changed = false): string {
  return `/${language}/targets${query({ category, changed: changed ? "7d" : null })}`;
}

/** Address of the page of one site, with the answer for one day where it is given. */
export function targetHref(language: Language, id: string, day: string | null = null): string {
  return `/${language}/targets/${part(id)}${query({ day })}`;
}

/** Address of the page of one region. */
export function regionHref(language: Language, code: string): string {
  return `/${language}/regions/${part(code)}`;
}

/** Address of the page of one network. */
export function networkHref(language: Language, asn: number): string {
  return `/${language}/networks/AS${asn}`;
}

/** Address of the list of regions or networks. */
export function placesHref(language: Language, by: "region" | "network", sort: "name" | "worst"): string {
  return `${pageHref(language, by === "region" ? "regions" : "networks")}${query({ sort: sort === "worst" ? sort : null })}`;
}

export type MatrixChoice = { at?: string | null; value?: MatrixValue; sort?: "name" | "worst" };

/** Address of the matrix of regions and networks at a moment. */
export function matrixHref(language: Language, { at = null, value, sort }: MatrixChoice = {}): string {
  return `/${language}/matrix${query({
    at,
    value: value === "connected" ? null : value,
    sort: sort === "worst" ? sort : null,
  })}`;
}

export type EventsChoice = {
  kind?: string | null;
  region?: string | null;
  from?: string | null;
  to?: string | null;
};

/** Address of a list of events. */
export function eventsHref(language: Language, choice: EventsChoice = {}, page = 1): string {
  return `/${language}/events${query({ ...choice, page: page > 1 ? page : null })}`;
}

export type ExploreChoice = {
  target?: string | null;
  region?: string | null;
  asn?: number | null;
  from?: string | null;
  to?: string | null;
};

/** Address of a series to explore. */
export function exploreHref(language: Language, choice: ExploreChoice = {}): string {
  return `/${language}/explore${query(choice)}`;
}

/** Address of the method as it was at one version of the rules. */
export function methodHref(language: Language, version: string | null): string {
  return version === null ? `/${language}/methodology` : `/${language}/methodology/v${part(version)}`;
}

/** Address of a drawing as a picture that stands for itself: title, choice, time, source and address are in it. */
export function chartHref(
  language: Language,
  chart: string,
  values: Readonly<Record<string, string | number | null | undefined>>,
): string {
  return `/chart/${chart.split("/").map(part).join("/")}.png${query({ lang: language, ...values })}`;
}

/** The same as SVG. */
export function drawingHref(...chart: Parameters<typeof chartHref>): string {
  return chartHref(...chart).replace(".png?", ".svg?");
}

/** Address of the picture that messengers show beside a link to a page. */
export function cardHref(language: Language, path: string): string {
  return `/card/${path.split("/").map(part).join("/")}.png${query({ lang: language })}`;
}

/** Address of a view for the frame of another page. */
export function embedHref(
  language: Language,
  path: string,
  values: Readonly<Record<string, string | number | null | undefined>> = {},
): string {
  return `/${language}/embed/${path.split("/").map(part).join("/")}${query(values)}`;
}

/** What each kind of data can be picked by; the API refuses a parameter that it does not know. */
const PICKED_BY = {
  timeline: ["region", "asn", "from", "to", "as_of"],
  incidents: ["region", "asn", "from", "to", "as_of", "target", "id", "open", "kind", "confidence", "state"],
  targets: ["category"],
  measurements: ["region", "asn", "from", "to", "as_of", "target"],
  presence: ["region", "asn", "from", "to", "as_of"],
  coverage: ["region", "asn"],
  states: ["region", "asn", "at"],
  verdicts: ["region", "asn", "from", "to", "as_of", "target"],
  events: ["region", "from", "to", "kind"],
  reports: ["region", "from", "to"],
} as const;

/** Most rows that one answer holds, for lists that are answered in parts: a file should not end after the first hundred. */
const ROWS_MAX: Readonly<Partial<Record<keyof typeof PICKED_BY, number>>> = {
  incidents: 1000,
  targets: 1000,
  measurements: 1000,
  verdicts: 1000,
  events: 1000,
  reports: 1000,
};

export type Resource = keyof typeof PICKED_BY;
export type DataFormat = "json" | "csv" | "ndjson" | "parquet" | "geojson";

export type DataChoice = TimelineChoice & {
  target?: string | null;
  id?: string;
  open?: string | null;
  kind?: string | null;
  confidence?: string | null;
  state?: string | null;
  category?: string | null;
  at?: string | null;
};

/** Address of data as picked by a choice, and of one site where it is given. */
export function dataHref(resource: Resource, format: DataFormat, choice: DataChoice = {}): string {
  const { target, id, open, kind, confidence, state, category, at } = choice;
  const all = { ...choiceQuery(choice), as_of: choice.asOf, target, id, open, kind, confidence, state, category, at };
  const picked = PICKED_BY[resource].map((key: keyof typeof all) => [key, all[key]] as const);
  if (format === "json") return `/api/v1/${resource}${query(Object.fromEntries(picked))}`;
  return `/api/v1/${resource}.${format}${query({ ...Object.fromEntries(picked), limit: ROWS_MAX[resource] })}`;
}

/** The choice that a timeline view shows, without the moment of knowledge. */
export function choiceOf(view: Pick<TimelineView, "region" | "asn" | "from" | "to">): TimelineChoice {
  return { region: view.region, asn: view.asn, from: view.from, to: view.to };
}

function choiceQuery({ region, asn, from, to }: TimelineChoice) {
  return { region, asn, from, to };
}

/** One part of a path; a slash within it does not part it. */
function part(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A query of what is given; colons stay as they are, since times are read by people too. */
function query(values: Readonly<Record<string, string | number | null | undefined>>): string {
  const parts = Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(
      ([key, value]) =>
        `${key}=${encodeURIComponent(shortMoment(String(value).toWellFormed())).replaceAll("%3A", ":")}`,
    );
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** A moment without milliseconds that say nothing. */
function shortMoment(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.000Z$/, "$1Z");
}
