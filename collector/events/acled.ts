import type { WorldEvent } from "../../protocol/event.ts";
import { readCsv } from "../csv-reader.ts";
import { checkedEvent } from "./own-csv.ts";
import type { Places } from "./places.ts";
import { collected, type EventRows, type Row } from "./rows.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const TITLE_CHARS = 300;

/** Whether a header is that of an ACLED export. */
export function isAcled(names: readonly string[]): boolean {
  return names.includes("event_id_cnty") && names.includes("event_date");
}

/**
 * Events of an ACLED export (Armed Conflict Location and Event Data, codebook: acleddata.com). Its dates are local days;
 * `time_precision` 2 (within a week) and 3 (within a month) become `month`. Whether an event was allowed it does not
 * tell: unknown. The place is that of the location, else of admin1.
 */
export function readAcled(text: string, places: Places): EventRows {
  const [head, ...rows] = readCsv(text);
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  return collected(
    rows.map(({ line, cells }) => {
      const value = (name: string) => cells[names.indexOf(name)]?.trim() ?? "";
      return { line, row: readRow(value, places) };
    }),
  );
}

function readRow(value: (name: string) => string, places: Places): Row {
  const country = value("country");
  if (country !== "" && country.toLowerCase() !== "kazakhstan")
    return { problems: [`country: ${country} is not watched`] };
  if (value("event_id_cnty") === "") return { problems: ["event_id_cnty: is empty"] };
  const kind = kindOf(value);
  if (kind === null) return { problems: [`event_type: '${value("event_type")}' is not known`] };
  const day = dayOf(value("event_date"));
  if (day === null) return { problems: [`event_date: '${value("event_date")}' is no date`] };
  const place = places.find(value("location")) ?? places.find(value("admin1"));
  if (place === null)
    return { problems: [`admin1: no region is known for '${value("location")}', '${value("admin1")}'`] };
  const precision = value("time_precision");
  if (!/^[123]?$/.test(precision)) return { problems: [`time_precision: '${precision}' is not 1, 2 or 3`] };
  return checkedEvent({
    id: `acled-${value("event_id_cnty")}`,
    kind,
    sanctioned: "unknown",
    place,
    title: titleOf(value),
    start: `${day}T00:00:00.000Z`,
    end: null,
    precision: precision === "2" || precision === "3" ? "month" : "day",
    source: `ACLED ${value("event_id_cnty")}: ${value("source")}`.slice(0, 2048),
  });
}

function kindOf(value: (name: string) => string): WorldEvent["kind"] | null {
  const sub = value("sub_event_type").toLowerCase();
  switch (value("event_type").toLowerCase()) {
    case "protests":
      return /\b(?:single|solo|solitary|one)[- ](?:person|man|woman)?\s*(?:picket|protest)/i.test(value("notes"))
        ? "picket"
        : "rally";
    case "riots":
      return sub === "violent demonstration" ? "rally" : "emergency";
    case "battles":
    case "explosions/remote violence":
    case "violence against civilians":
      return "emergency";
    case "strategic developments":
      return sub === "agreement" ? "official" : "other";
    default:
      return null;
  }
}

function titleOf(value: (name: string) => string): string {
  const [sub, location, notes] = [value("sub_event_type"), value("location"), value("notes")];
  const title = `${sub || value("event_type")}, ${location}${notes === "" ? "" : `: ${notes}`}`;
  return title.length <= TITLE_CHARS ? title : `${title.slice(0, TITLE_CHARS - 1)}…`;
}

/** A date such as 2022-01-05 or 05 January 2022, as the first; null for anything else. */
function dayOf(text: string): string | null {
  const match = /^(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})$/.exec(text);
  const month = MONTHS.indexOf(match?.[2]?.toLowerCase() ?? "") + 1;
  const day = match === null ? text : `${match[3]}-${String(month).padStart(2, "0")}-${match[1]?.padStart(2, "0")}`;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? null : day;
}
