import ICAL from "ical.js";
import { CodedError } from "../../protocol/coded-error.ts";
import type { WorldEvent } from "../../protocol/event.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { eventTime } from "./event-time.ts";
import { checkedEvent } from "./own-csv.ts";
import type { Places } from "./places.ts";
import { collected, type EventRows, type Row } from "./rows.ts";

/** Words by which the kind of an event is known, in three languages; the first that is found counts. */
const KINDS: readonly [RegExp, WorldEvent["kind"]][] = [
  [/picket|пикет/i, "picket"],
  [/rally|protest|march\b|demonstration|митинг|шествие|протест|шеру|наразылық/i, "rally"],
  [/election|referendum|vote|выборы|референдум|сайлау/i, "election"],
  [/court|ruling|verdict|суд|приговор|сот\b|үкім/i, "court-ruling"],
  [/emergency|disaster|чрезвычайн|төтенше/i, "emergency"],
  [/publication|report|investigation|публикац|расследован|жарияла/i, "publication"],
  [/inauguration|holiday|address|инаугурац|послание|праздник|мереке/i, "official"],
];
const UNSANCTIONED = /unsanctioned|несанкционирован|рұқсат етілмеген/i;
const SANCTIONED = /sanctioned|санкционирован|рұқсат етілген/i;

/**
 * Events of an iCalendar file (RFC 5545). CATEGORIES, else the words of SUMMARY, tell the kind, and whether it was
 * allowed where they say so; LOCATION tells the place, none means the whole country. Times in a zone or in UTC are taken
 * as they are; times without one are local to the place. Repeats and cancelled events are refused. Error: `bad_input`
 * for a file that is no calendar.
 */
export function readIcal(label: string, text: string, places: Places): EventRows {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text))
    throw new CodedError("bad_input", `${label}: not a calendar: it does not begin with BEGIN:VCALENDAR.`);
  return collected(blocksOf(text).map(({ line, block }) => ({ line, row: readBlock(block, places) })));
}

/** The events of a calendar, each with the line it begins on, so that a broken one takes no other with it. */
function blocksOf(text: string): { line: number; block: string }[] {
  const lines = text.split(/\r?\n/);
  const begins = lines.flatMap((line, index) => (/^BEGIN:VEVENT\s*$/i.test(line) ? [index] : []));
  return begins.map((begin, turn) => {
    const next = begins[turn + 1] ?? lines.length;
    const end = lines.findIndex((line, index) => index > begin && index < next && /^END:VEVENT\s*$/i.test(line));
    return { line: begin + 1, block: lines.slice(begin, end === -1 ? next : end + 1).join("\r\n") };
  });
}

function readBlock(block: string, places: Places): Row {
  try {
    const calendar = new ICAL.Component(ICAL.parse(`BEGIN:VCALENDAR\r\n${block}\r\nEND:VCALENDAR`));
    const event = calendar.getFirstSubcomponent("vevent");
    return event === null ? { problems: ["VEVENT: cannot be read"] } : readEvent(event, places);
  } catch (error) {
    return { problems: [`VEVENT: ${(error instanceof Error ? error.message : String(error)).slice(0, 200)}`] };
  }
}

function readEvent(event: ICAL.Component, places: Places): Row {
  const text = (name: string) => String(event.getFirstPropertyValue(name) ?? "").trim();
  if (event.hasProperty("rrule") || event.hasProperty("rdate"))
    return { problems: ["RRULE: repeats are not taken; write each event"] };
  if (text("status").toUpperCase() === "CANCELLED") return { problems: ["STATUS: it was cancelled"] };
  const place = text("location") === "" ? "KZ" : places.findIn(text("location"));
  if (place === null) return { problems: [`LOCATION: no region is known for '${text("location").slice(0, 100)}'`] };
  const start = timeOf(event, "dtstart", places.timeZone(place));
  if (start === null) return { problems: ["DTSTART: is missing"] };
  const categories = event
    .getAllProperties("categories")
    .flatMap((property) => property.getValues().map(String))
    .join(" ");
  const words = [categories, text("summary")];
  return checkedEvent({
    id: idOf(text("uid"), text("summary"), start.time),
    kind: words.map(kindOf).find((kind) => kind !== null) ?? "other",
    sanctioned: UNSANCTIONED.test(words.join(" "))
      ? "unsanctioned"
      : SANCTIONED.test(words.join(" "))
        ? "sanctioned"
        : "unknown",
    place,
    title: text("summary") || "(no title)",
    start: start.time,
    end: endOf(timeOf(event, "dtend", places.timeZone(place))),
    precision: start.isDay ? "day" : "minute",
    source: text("url") || `iCalendar ${text("uid").slice(0, 200)}`,
  });
}

type Told = { time: string; isDay: boolean };

function timeOf(event: ICAL.Component, name: string, zone: string): Told | null {
  const property = event.getFirstProperty(name);
  const value: unknown = property?.getFirstValue();
  if (property === null || !(value instanceof ICAL.Time)) return null;
  const tzid: unknown = property.getFirstParameter("tzid");
  const text = value.toString();
  const own = typeof tzid === "string" && isZone(tzid) ? tzid : zone;
  return { time: eventTime(text, own), isDay: value.isDate };
}

/** The end of a whole day is told as the day after it (RFC 5545, 3.6.1). */
function endOf(end: Told | null): string | null {
  if (end === null) return null;
  return end.isDay ? new Date(Date.parse(end.time) - 60_000).toISOString() : end.time;
}

function kindOf(words: string): WorldEvent["kind"] | null {
  return KINDS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

function idOf(uid: string, title: string, start: string): string {
  const id = uid === "" ? `ical-${sha256Hex(`${title}|${start}`).slice(0, 20)}` : `ical-${uid}`;
  return id.length <= 128 ? id : `ical-${sha256Hex(uid).slice(0, 40)}`;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
