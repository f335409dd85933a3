import type { EpochMs } from "../analysis/types.ts";
import { regionOffsets } from "../events/local-time.ts";
import type { Moment } from "../wording/clock.ts";

type Regions = readonly { code: string; timeZone: string }[];

/**
 * Moments as clocks of a place showed them (RFC 3339 with the offset valid then). The place is that of the regions where
 * they share one zone, else the country's.
 */
export function clocksOf(
  regions: Regions,
  codes: readonly string[],
  moments: Iterable<string | null | undefined>,
): Record<string, string> {
  const offsetOf = regionOffsets(regions);
  const zones = new Set(codes.map((code) => regions.find((region) => region.code === code)?.timeZone ?? ""));
  const place = zones.size === 1 ? (codes[0] ?? "KZ") : "KZ";
  const known = [...new Set(moments)].filter((moment) => typeof moment === "string").sort();
  return Object.fromEntries(
    known.map((moment) => [moment, localText(Date.parse(moment), offsetOf(place, Date.parse(moment)))]),
  );
}

/** A moment with its clock; UTC stands for both where the clock was not told. */
export function momentOf(clocks: Readonly<Record<string, string>>, utc: string): Moment {
  return { utc, local: (Object.hasOwn(clocks, utc) ? clocks[utc] : undefined) ?? utc };
}

function localText(at: EpochMs, offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const pad = (value: number) => String(value).padStart(2, "0");
  const zone = `${offsetMs < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return `${new Date(at + offsetMs).toISOString().slice(0, 19)}${zone}`;
}

const HOUR_MS = 3_600_000;
/** Distances between marks of a time axis that people know. */
const STEPS_MS = [0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2160].map((hours) => hours * HOUR_MS);
const TICKS_MAX = 7;

/** Round moments of the place's clocks for a time axis, at most eight. */
export function ticksOf(
  regions: Regions,
  codes: readonly string[],
  { from, to }: { from: EpochMs; to: EpochMs },
): string[] {
  const offset = regionOffsets(regions)(codes[0] ?? "KZ", from);
  const step = STEPS_MS.find((one) => (to - from) / one <= TICKS_MAX) ?? to - from;
  const first = Math.ceil((from + offset) / step) * step - offset;
  const ticks: string[] = [];
  for (let at = first; at <= to && step > 0; at += step) ticks.push(new Date(at).toISOString());
  return ticks;
}
