import type { EpochMs } from "../analysis/types.ts";

const COUNTRY_ZONE = "Asia/Almaty";
const HOUR_MS = 3_600_000;

/** Milliseconds by which a zone's clock is ahead of UTC at a moment, by the time zone database. */
export function zoneOffset(zone: string, at: EpochMs): number {
  const parts = partsOf(zone).formatToParts(at);
  const value = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour") % 24,
    value("minute"),
    value("second"),
  );
  return wall - Math.floor(at / 1000) * 1000;
}

/** The moment at which a clock of the zone shows a wall time (given as if it were UTC); of two, the earlier. */
export function wallToUtc(zone: string, wall: number): EpochMs {
  const guesses = [-24, 24].map((hours) => wall - zoneOffset(zone, wall + hours * HOUR_MS));
  const right = guesses.filter((at) => at + zoneOffset(zone, at) === wall);
  return Math.min(...(right.length > 0 ? right : guesses));
}

/** Offsets by region code, remembered by the hour. The country, and regions that are not known, have Almaty's time. */
export function regionOffsets(regions: readonly { code: string; timeZone: string }[]) {
  const zones = new Map(regions.map(({ code, timeZone }) => [code, timeZone]));
  const known = new Map<string, Map<number, number>>();
  return (region: string, at: EpochMs): number => {
    const zone = zones.get(region) ?? COUNTRY_ZONE;
    const hour = Math.floor(at / HOUR_MS);
    const ofZone = known.get(zone) ?? new Map<number, number>();
    known.set(zone, ofZone);
    const offset = ofZone.get(hour) ?? zoneOffset(zone, hour * HOUR_MS);
    ofZone.set(hour, offset);
    return offset;
  };
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function partsOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  FORMATS.set(zone, format);
  return format;
}
