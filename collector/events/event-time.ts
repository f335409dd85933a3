import { utc } from "../time.ts";
import { wallToUtc } from "./local-time.ts";

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?$/;

/**
 * RFC 3339 UTC text of a time as people write it: with a zone, or in the local time of `zone` by the offset in force
 * then; a day alone is the first moment of that date in UTC (only its date counts). Text that is no time comes back as
 * it is, for the schema to refuse.
 */
export function eventTime(text: string, zone: string): string {
  if (DAY.test(text)) return valid(Date.parse(`${text}T00:00:00Z`), text);
  const match = TIME.exec(text);
  if (match === null) return text;
  const [, day, time, offset] = match;
  if (offset !== undefined) return valid(Date.parse(`${day}T${time}${offset}`), text);
  const wall = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(wall) ? text : utc(wallToUtc(zone, wall));
}

function valid(at: number, text: string): string {
  return Number.isNaN(at) ? text : utc(at);
}
