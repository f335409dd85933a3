const YEAR_LATEST = 9999;

/**
 * A moment in RFC 3339, as `Date.toISOString` writes it. V8's own looks for the host's time zone on the way, for which it
 * reads ICU's data: a megabyte that stays resident in a process that needs no zone.
 */
export function utcText(ms: number): string {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= YEAR_LATEST)) return date.toISOString();
  const day = [padded(year, 4), padded(date.getUTCMonth() + 1, 2), padded(date.getUTCDate(), 2)].join("-");
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    .map((part) => padded(part, 2))
    .join(":");
  return `${day}T${time}.${padded(date.getUTCMilliseconds(), 3)}Z`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
