import type { EpochMs } from "../types.ts";

const DAY_MS = 86_400_000;

/** Milliseconds by which local time is ahead of UTC at a moment, in a region. */
export type OffsetOf = (region: string, at: EpochMs) => number;

/** Days on which a region was watched: at least one witness was present. Days are numbered from 1970, local time. */
export type Watched = ReadonlyMap<string, ReadonlySet<number>>;

/** The number of the local day of a moment. */
export function dayOf(region: string, at: EpochMs, offsetOf: OffsetOf): number {
  return Math.floor((at + offsetOf(region, at)) / DAY_MS);
}

/** The moment at which a local day begins, by the offset in force about noon. */
export function dayStart(region: string, day: number, offsetOf: OffsetOf): EpochMs {
  return day * DAY_MS - offsetOf(region, day * DAY_MS + DAY_MS / 2);
}

/** Days of one region that are alike: the same weekday of the same month. */
export function stratumOf(region: string, day: number): string {
  const date = new Date(day * DAY_MS);
  return `${region} ${date.getUTCFullYear()}-${date.getUTCMonth() + 1} ${date.getUTCDay()}`;
}

/** Collects the days on which regions were watched. */
export function createWatch(offsetOf: OffsetOf): {
  saw: (region: string, from: EpochMs, to: EpochMs) => void;
  watched: () => Watched;
} {
  const days = new Map<string, Set<number>>();
  return {
    saw: (region, from, to) => {
      const seen = days.get(region) ?? new Set();
      days.set(region, seen);
      for (let at = from; at < to; at += DAY_MS) seen.add(dayOf(region, at, offsetOf));
      seen.add(dayOf(region, to, offsetOf));
    },
    watched: () => days,
  };
}

/** The whole country is watched while any of its regions is. */
export function withCountry(watched: Watched): Watched {
  const regions = [...watched].filter(([region]) => region.startsWith("KZ-")).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map([...regions, ["KZ", new Set(regions.flatMap(([, days]) => [...days]))]]);
}
