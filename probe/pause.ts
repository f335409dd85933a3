import { hasFlag, readText, removeFile, writeText } from "./data-folder.ts";

/** Pauses the probe of a data folder, for good or until a moment (milliseconds since 1970). Throws `cannot_write` or `io`. */
export function pause(folder: string, untilMs: number | null): void {
  writeText(folder, "paused", untilMs === null ? "" : new Date(untilMs).toISOString());
}

/**
 * Whether the probe is to rest now. A pause whose time has passed is taken away; one whose time cannot be read holds.
 * One `stat` while there is none, cheap enough for every second.
 */
export function isPaused(folder: string, nowMs: number = Date.now()): boolean {
  if (!hasFlag(folder, "paused")) return false;
  const until = pausedUntil(folder);
  if (until === null || nowMs < Date.parse(until)) return true;
  removeFile(folder, "paused");
  return false;
}

/** When a pause ends by itself, RFC 3339 UTC; null when it does not, or there is none. */
export function pausedUntil(folder: string): string | null {
  const text = readText(folder, "paused")?.trim() ?? "";
  return Number.isNaN(Date.parse(text)) ? null : text;
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_MS = 366 * 86_400_000;

/** Milliseconds of `30m`, `2h` or `1d`; null for anything else, nothing, or more than a year. Pure. */
export function parseDuration(text: string): number | null {
  const [, count, unit = ""] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  return ms > 0 && ms <= LONGEST_MS ? ms : null;
}
