import { CodedError } from "../protocol/coded-error.ts";
import { WorldEvent } from "../protocol/event.ts";
import { check } from "../protocol/parse.ts";
import { readCsv } from "./csv-reader.ts";

const COLUMNS = ["id", "kind", "sanctioned", "place", "title", "start", "end", "precision", "source"] as const;
type Column = (typeof COLUMNS)[number];

const PROBLEMS_SHOWN = 20;

/**
 * Events of CSV text with a header naming the columns id, kind, sanctioned, place, title, start, end, precision and
 * source, in any order; further columns are passed over. A time without a zone is not taken; a day alone means its
 * first moment in UTC. Error: `bad_input` naming every wrong line and field; then nothing is taken.
 */
export function readEventRows(label: string, text: string): WorldEvent[] {
  const [head, ...rows] = readCsv(text);
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new CodedError(
      "bad_input",
      `${label}:1: the header lacks ${missing.join(", ")}. It must name ${COLUMNS.join(",")}.`,
    );
  const read = rows.map(({ line, cells }) => {
    const value = (name: Column) => cells[names.indexOf(name)]?.trim() ?? "";
    const event = check(WorldEvent, {
      ...Object.fromEntries(COLUMNS.map((name) => [name, value(name)])),
      start: utcTime(value("start")),
      end: value("end") === "" ? null : utcTime(value("end")),
    });
    return event.ok
      ? { event: event.value, problems: orderProblems(`${label}:${line}`, event.value) }
      : { event: null, problems: event.problems.map((problem) => `${label}:${line}: ${problem}`) };
  });
  const problems = read.flatMap((row) => row.problems);
  if (problems.length > 0) throw new CodedError("bad_input", problems.slice(0, PROBLEMS_SHOWN).join("\n"));
  return read.flatMap(({ event }) => (event === null ? [] : [event]));
}

function orderProblems(at: string, { start, end }: WorldEvent): string[] {
  return end !== null && Date.parse(end) < Date.parse(start) ? [`${at}: end: lies before the start`] : [];
}

/** RFC 3339 text in UTC; text that is no time with a zone (or a day) comes back as it is, for the schema to refuse. */
function utcTime(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${text}T00:00:00.000Z`;
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return text;
  const at = Date.parse(text.replace(" ", "T"));
  return Number.isNaN(at) ? text : new Date(at).toISOString();
}
