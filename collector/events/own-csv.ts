import { CodedError } from "../../protocol/coded-error.ts";
import { WorldEvent } from "../../protocol/event.ts";
import { check } from "../../protocol/parse.ts";
import { readCsv } from "../csv-reader.ts";
import { eventTime } from "./event-time.ts";
import type { Places } from "./places.ts";
import { collected, type EventRows, type Row } from "./rows.ts";

const COLUMNS = ["id", "kind", "sanctioned", "place", "title", "start", "end", "precision", "source"] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Events of CSV text with a header naming the columns id, kind, sanctioned, place, title, start, end, precision and
 * source, in any order; further columns are passed over. A place may be a code or a name; a time without a zone is
 * local; a day alone means that date. `sanctioned` may be empty: unknown. Error: `bad_input` when a column is missing.
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
      const value = (name: Column) => cells[names.indexOf(name)]?.trim() ?? "";
      return { line, row: readRow(value, places) };
    }),
  );
}

function readRow(value: (name: Column) => string, places: Places): Row {
  const place = places.find(value("place")) ?? value("place");
  const zone = places.timeZone(place);
  return checkedEvent({
    ...Object.fromEntries(COLUMNS.map((name) => [name, value(name)])),
    place,
    sanctioned: value("sanctioned") || "unknown",
    start: eventTime(value("start"), zone),
    end: value("end") === "" ? null : eventTime(value("end"), zone),
  });
}

/** An event by its schema, whose end does not lie before its start. */
export function checkedEvent(value: unknown): Row {
  const event = check(WorldEvent, value);
  if (!event.ok) return { problems: event.problems };
  const { start, end } = event.value;
  if (end !== null && Date.parse(end) < Date.parse(start)) return { problems: ["end: lies before the start"] };
  return { event: event.value };
}
