import type { Interval } from "../../../protocol/incident.ts";
import type { EpochMs } from "../types.ts";

/** RFC 3339 UTC text of a moment. */
export function utc(at: EpochMs): string {
  return new Date(Math.round(at)).toISOString();
}

/** An interval as published, its ends in order. */
export function interval(earliest: EpochMs, latest: EpochMs): Interval {
  return { earliest: utc(Math.min(earliest, latest)), latest: utc(latest) };
}

/** Members without repeats, sorted: numbers by size, text by code unit. */
export function sorted<T extends string | number>(values: Iterable<T | null>): T[] {
  const kept = [...new Set(values)].filter((value) => value !== null);
  return kept.sort((a, b) => (a < b ? -1 : 1));
}
