import type { Area } from "../scenario.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A moment in UTC. */
export function utc(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}:00Z`);
}

/** Three cities with two or three networks each, three probes on each (detection.md 6 and 8.6). */
export const CITIES: readonly Area[] = [
  { asn: 9198, region: "KZ-75", access: "fixed", probes: 4 },
  { asn: 21299, region: "KZ-75", access: "mobile", probes: 3 },
  { asn: 39824, region: "KZ-75", access: "fixed", probes: 3 },
  { asn: 9198, region: "KZ-71", access: "fixed", probes: 4 },
  { asn: 41798, region: "KZ-71", access: "fixed", probes: 3 },
  { asn: 48503, region: "KZ-71", access: "mobile", probes: 3 },
  { asn: 9198, region: "KZ-79", access: "fixed", probes: 3 },
  { asn: 29355, region: "KZ-79", access: "mobile", probes: 3 },
];

/** Names that most scenarios measure: five beside any one, as controls of the line. */
export const SITES: readonly string[] = [
  "orda.kz",
  "vlast.kz",
  "holanews.kz",
  "azattyq.org",
  "meduza.io",
  "www.facebook.com",
];
