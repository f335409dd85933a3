import { check, type Parsed } from "../../protocol/parse.ts";
import { Report } from "../../targets/schema.ts";
import type { Catalogue } from "../catalogue.ts";
import { eventTime } from "../events/event-time.ts";
import { createPlaces } from "../events/places.ts";

export const REPORT_FIELDS = [
  ...["id", "title-kk", "title-ru", "title-en", "kind", "place", "start", "end", "precision", "grade", "targets"],
  "source",
] as const;

type ReportValues = Readonly<Record<string, string>>;

const DATE = /^\d{4}-\d{2}-\d{2}/;

/** A report as the form shows it. */
export function valuesOfReport({ title, targets, end, ...rest }: Report): ReportValues {
  return {
    ...{ ...rest, end: end ?? "", targets: targets.join(" ") },
    ...{ "title-kk": title.kk, "title-ru": title.ru, "title-en": title.en },
  };
}

/**
 * Reads what was typed by the schema of the data files. Its place and targets must be ones that the project knows, or
 * those it had `before`; its source must hold an https address, so that anybody can check it.
 */
export function reportOf(
  values: ReportValues,
  { regions, list }: Pick<Catalogue, "regions" | "list">,
  before: Report | null,
): Parsed<Report> {
  const { precision = "" } = values;
  const of = (name: string) => values[name] ?? "";
  const line = (name: string) => of(name).replace(/\s+/g, " ");
  const places = createPlaces(regions);
  const place = places.find(of("place")) ?? of("place");
  const zone = places.timeZone(place);
  const parsed = check(Report, {
    ...{ id: of("id"), kind: of("kind"), grade: of("grade"), place, precision, source: of("source") },
    title: { kk: line("title-kk"), ru: line("title-ru"), en: line("title-en") },
    start: timeOf(of("start"), precision, zone),
    end: of("end") === "" ? null : timeOf(of("end"), precision, zone),
    targets: [...new Set(of("targets").split(/[\s,]+/))].filter((id) => id !== ""),
  });
  if (!parsed.ok) return parsed;
  const { start, end, targets, source } = parsed.value;
  const known = new Set([...list.targets.map(({ id }) => id), ...(before?.targets ?? [])]);
  const problems = [
    ...(place !== "KZ" && place !== before?.place && places.find(place) === null
      ? [`place: there is no place '${place}'`]
      : []),
    ...(end !== null && Date.parse(end) < Date.parse(start) ? ["end: lies before the start"] : []),
    ...targets.filter((id) => !known.has(id)).map((id) => `targets: there is no site '${id}'`),
    ...(holdsAddress(source) ? [] : ["source: names no https address under which it can be read"]),
  ];
  return problems.length > 0 ? { ok: false, problems } : parsed;
}

/** Of what is known to the day or month only the date counts, as it was typed; a month stands as its first day. */
function timeOf(text: string, precision: string, zone: string): string {
  if (!DATE.test(text) || (precision !== "day" && precision !== "month")) return eventTime(text, zone);
  return eventTime(precision === "day" ? text.slice(0, 10) : `${text.slice(0, 7)}-01`, zone);
}

function holdsAddress(source: string): boolean {
  return source.split(/[\s,;()<>]+/).some((word) => /^https:\/\/[^/]*\.[^/]/.test(word) && URL.canParse(word));
}
