/** Hours of each day, by the host's own clock, in which no sites are measured. Minutes since midnight. */
export type QuietHours = { readonly fromMin: number; readonly toMin: number };

const DAY_MIN = 1440;
/** A clock that shows an earlier year was never set (a board without a battery): it cannot tell when it is night. */
const FIRST_YEAR = 2024;

/** Reads `23:00-07:00`; null for anything else, and where both ends are the same. Pure. */
export function parseQuietHours(text: string): QuietHours | null {
  const [, from = "", to = ""] = /^(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/.exec(text.trim()) ?? [];
  const [fromMin, toMin] = [minutes(from), minutes(to)];
  return fromMin === null || toMin === null || fromMin === toMin ? null : { fromMin, toMin };
}

/**
 * Milliseconds until the quiet hours begin: 0 while they last. `nowMs` is true time as far as it is known; the hours
 * are those of the host's time zone. Infinity without quiet hours, and where the clock was never set.
 */
export function msUntilQuiet(quiet: QuietHours | null, nowMs: number): number {
  const now = new Date(nowMs);
  if (quiet === null || now.getFullYear() < FIRST_YEAR) return Number.POSITIVE_INFINITY;
  const minute = now.getHours() * 60 + now.getMinutes();
  if (isWithin(quiet, minute)) return 0;
  const wholeMs = ((quiet.fromMin - minute + DAY_MIN) % DAY_MIN) * 60_000;
  return wholeMs - now.getSeconds() * 1000 - now.getMilliseconds();
}

function isWithin({ fromMin, toMin }: QuietHours, minute: number): boolean {
  if (fromMin < toMin) return minute >= fromMin && minute < toMin;
  return minute >= fromMin || minute < toMin;
}

function minutes(text: string): number | null {
  const [hour = Number.NaN, minute = Number.NaN] = text.split(":").map(Number);
  return hour <= 23 && minute <= 59 ? hour * 60 + minute : null;
}
