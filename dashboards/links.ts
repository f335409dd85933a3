import type { Category, Language, TextPage, TimelineView } from "../collector/api/types.ts";

/** What picks a view of the timeline; all of it stands in the address, so that an address is a citation. */
export type TimelineChoice = {
  region?: string | null | undefined;
  asn?: number | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  asOf?: string | null | undefined;
};

/** Address of the first page. */
export function nowHref(language: Language): string {
  return `/${language}`;
}

/** Address of a timeline. */
export function timelineHref(language: Language, choice: TimelineChoice = {}): string {
  return `/${language}/timeline${query({ ...choiceQuery(choice), as_of: choice.asOf })}`;
}

/** Address of the page of one incident, as known at a moment where one is given. */
export function incidentHref(language: Language, id: string, asOf: string | null = null): string {
  return `/${language}/i/${part(id)}${query({ as_of: asOf })}`;
}

/** Address of the list of sites, of one category where it is given. */
export function targetsHref(language: Language, category: Category | null = null): string {
  return `/${language}/targets${query({ category })}`;
}

/** Address of the page of one site. */
export function targetHref(language: Language, id: string): string {
  return `/${language}/targets/${part(id)}`;
}

/** Address of a page of text. */
export function textHref(language: Language, page: TextPage): string {
  return `/${language}/${page}`;
}

/** What each kind of data can be picked by; the API refuses a parameter that it does not know. */
const PICKED_BY = {
  timeline: ["region", "asn", "from", "to", "as_of"],
  incidents: ["region", "asn", "from", "to", "as_of", "target", "id"],
  targets: [],
  presence: ["region", "asn", "from", "to", "as_of"],
  coverage: ["region", "asn"],
  verdicts: ["region", "asn", "from", "to", "target"],
  events: ["region", "from", "to"],
  reports: ["region", "from", "to"],
} as const;

export type Resource = keyof typeof PICKED_BY;
export type DataFormat = "json" | "csv" | "ndjson";

/** Address of data as picked by a choice, and of one site where it is given. */
export function dataHref(
  resource: Resource,
  format: DataFormat,
  choice: TimelineChoice & { target?: string; id?: string } = {},
): string {
  const all = { ...choiceQuery(choice), as_of: choice.asOf, target: choice.target, id: choice.id };
  const picked = PICKED_BY[resource].map((key: keyof typeof all) => [key, all[key]] as const);
  return `/api/v1/${resource}${format === "json" ? "" : `.${format}`}${query(Object.fromEntries(picked))}`;
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

function query(values: Readonly<Record<string, string | number | null | undefined>>): string {
  const parts = Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value).toWellFormed())}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
