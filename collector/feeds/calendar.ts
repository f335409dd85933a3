import ICAL from "ical.js";
import { SOFTWARE } from "../../protocol/software.ts";
import type { Addresses } from "./addresses.ts";
import type { FeedEntry } from "./feed.ts";

const LINE_BYTES = 75;

/**
 * Incidents as a calendar (RFC 5545): one event an incident, as its newest version tells it. A start known within bounds
 * stands at the earliest, an end at the latest; one that goes on has no end. What is not confirmed is tentative, what was
 * withdrawn cancelled.
 */
export function calendarText(entries: readonly FeedEntry[], title: string, { idOf }: Addresses): string {
  const calendar = new ICAL.Component("vcalendar");
  calendar.addPropertyWithValue("version", "2.0");
  calendar.addPropertyWithValue("prodid", `-//${SOFTWARE}//`);
  calendar.addPropertyWithValue("x-wr-calname", plain(title));
  for (const entry of entries) calendar.addSubcomponent(eventOf(entry, idOf(`/i/${entry.version.number}`)));
  // The library counts 75 bytes without the blank that begins a line that goes on (RFC 5545, 3.1 counts it).
  ICAL.foldLength = LINE_BYTES - 1;
  return `${calendar.toString()}\r\n`;
}

function eventOf({ version, title, lines, href }: FeedEntry, uid: string): ICAL.Component {
  const { incident, publishedAt, change } = version;
  const event = new ICAL.Component("vevent");
  const add = (name: string, value: string | number | ICAL.Time) => void event.addPropertyWithValue(name, value);
  add("uid", uid);
  add("sequence", version.version - 1);
  add("dtstamp", timeOf(publishedAt));
  add("last-modified", timeOf(publishedAt));
  add("dtstart", timeOf(incident.start.earliest));
  if (incident.end !== null) add("dtend", timeOf(later(incident.end.latest, incident.start.earliest)));
  add("summary", plain(title));
  add("description", plain(lines.join("\n")));
  if (/^https?:/.test(href)) add("url", href);
  add("categories", incident.kind.toUpperCase());
  const over = change === "tombstone" || change === "merged";
  add("status", over ? "CANCELLED" : incident.confidence === "confirmed" ? "CONFIRMED" : "TENTATIVE");
  add("transp", "TRANSPARENT");
  return event;
}

/** An event must not end at its start. */
function later(end: string, start: string): string {
  return new Date(Math.max(Date.parse(end), Date.parse(start) + 1000)).toISOString();
}

function timeOf(at: string): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(at), true);
}

/** Text without control characters but line breaks; the library escapes all else. */
function plain(text: string): string {
  return text.toWellFormed().replace(/(?!\n)\p{Cc}/gu, " ");
}
