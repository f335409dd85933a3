import { CodedError } from "../../protocol/coded-error.ts";
import { WorldEvent } from "../../protocol/event.ts";
import { check } from "../../protocol/parse.ts";
import { Utc } from "../../protocol/primitives.ts";
import { readCsv } from "../csv-reader.ts";
import { eventTime } from "./event-time.ts";
import type { Places } from "./places.ts";
import { collected, type EventRows, type Row } from "./rows.ts";

const COLUMNS = ["id", "kind", "sanctioned", "place", "title", "start", "end", "precision", "source"] as const;
/** Columns that may be left out: the title in the languages of the pages. */
const TITLES = ["title_kk", "title_ru", "title_en"] as const;
export type EventColumn = (typeof COLUMNS)[number] | (typeof TITLES)[number];

/**
 * Events of CSV text with a header naming the columns id, kind, sanctioned, place, title, start, end, precision and
 * source, in any order; further columns are passed over. A place may be a code or a name; a time without a zone is
 * local; a day alone means that date. `sanctioned` may be empty: unknown. The columns title_kk, title_ru and title_en may
 * stand beside: a row that fills all of them is shown in each language. Error: `bad_input` when a column is missing.
 */
export function readOwnCsv(label: string, text: string, places: Places): EventRows {
  const [head, ...rows] = readCsv(text);
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new CodedError(
      "bad_input",
      `${label}:1: the header lacks ${missing.join(", ")}. It must name ${COLUMNS.join(",")}.`,
    );
  return collected(
    rows.map(({ line, cells }) => {
      const value = (name: EventColumn) => cells[names.indexOf(name)]?.trim() ?? "";
      return { line, row: readEvent(value, places) };
    }),
  );
}

/** An event as people write it, field by field: places by code or name, times with a zone or local. */
export function readEvent(value: (name: EventColumn) => string, places: Places): Row {
  const place = places.find(value("place")) ?? (FOREIGN.test(value("place")) ? value("place") : null);
  const zone = places.timeZone(place ?? "KZ");
  const [start, end] = [eventTime(value("start"), zone), value("end") === "" ? null : eventTime(value("end"), zone)];
  const problems = [
    ...(place === null ? [`place: '${value("place")}' is not known. ${PLACE_WORDS}`] : []),
    ...timeProblems("start", value("start"), start),
    ...timeProblems("end", value("end"), end),
  ];
  const [kk, ru, en] = TITLES.map(value);
  const row = checkedEvent({
    ...Object.fromEntries(COLUMNS.map((name) => [name, value(name)])),
    ...(kk && ru && en && { titles: { kk, ru, en } }),
    ...{ place: place ?? "KZ", sanctioned: value("sanctioned") || "unknown" },
    ...{ start: isUtc(start) ? start : NO_TIME, end: end !== null && isUtc(end) ? end : null },
  });
  if (problems.length === 0) return row;
  return { problems: [...problems, ...("problems" in row ? row.problems : [])] };
}

/** A country's code. */
const FOREIGN = /^[A-Z]{2}$/;
/** Stands where a time cannot be read, while the rest of a row is checked. */
const NO_TIME = "2000-01-01T00:00:00.000Z";
/** What a place may be called. */
export const PLACE_WORDS =
  "Write KZ for the country, a region's code (KZ-75), or a city or region by name (Almaty, Алматы, Қостанай облысы).";

function timeProblems(name: string, given: string, read: string | null): string[] {
  if (read === null || isUtc(read)) return [];
  const told = given === "" ? "is missing" : `'${given}' is no time`;
  return [`${name}: ${told}. Write 2022-01-05T10:30:00+06:00, 2022-01-05 10:30 (local), or a day: 2022-01-05.`];
}

function isUtc(text: string): boolean {
  return Utc.safeParse(text).success;
}

/** An event by its schema, whose end does not lie before its start. */
export function checkedEvent(value: unknown): Row {
  const event = check(WorldEvent, value);
  if (!event.ok) return { problems: event.problems };
  const { start, end } = event.value;
  if (end !== null && Date.parse(end) < Date.parse(start)) return { problems: ["end: lies before the start"] };
  return { event: event.value };
}
