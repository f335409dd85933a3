import type { EpochMs } from "../types.ts";

/** How a control found a site: well, with an error of its own, or not at all. */
export type SiteState = "well" | "error" | "ill";
/** What controls found of a site over a stretch of time. `turns`: how often one found it other than just before. */
export type Weather = { looks: number; ill: number; errors: number; turns: number };

/** What controls find of sites, for the causes of blocks: whether a site stayed well for others, and how steadily. */
export type SiteWeather = {
  saw: (target: string, control: string, at: EpochMs, state: SiteState) => void;
  between: (target: string, from: EpochMs, to: EpochMs) => Weather;
};

const BUCKET_MS = 900_000;
/** Quarters of an hour kept a target: a little more than two and a half days. */
const KEPT = 256;

type Site = { buckets: Map<number, Weather>; last: Map<string, { at: EpochMs; state: SiteState }> };

/** No weather yet. Bounded by the number of targets and controls. */
export function createSiteWeather(): SiteWeather {
  const sites = new Map<string, Site>();
  return {
    saw: (target, control, at, state) => {
      const site = sites.get(target) ?? { buckets: new Map(), last: new Map() };
      sites.set(target, site);
      const bucket = bucketOf(site.buckets, Math.floor(at / BUCKET_MS));
      bucket.looks++;
      if (state === "ill") bucket.ill++;
      if (state === "error") bucket.errors++;
      const before = site.last.get(control);
      if (before !== undefined && before.at > at) return;
      if (before !== undefined && (before.state === "well") !== (state === "well")) bucket.turns++;
      site.last.set(control, { at, state });
    },
    between: (target, from, to) => {
      const sum: Weather = { looks: 0, ill: 0, errors: 0, turns: 0 };
      for (const [number, bucket] of sites.get(target)?.buckets ?? []) {
        if ((number + 1) * BUCKET_MS <= from || number * BUCKET_MS >= to) continue;
        for (const key of ["looks", "ill", "errors", "turns"] as const) sum[key] += bucket[key];
      }
      return sum;
    },
  };
}

function bucketOf(buckets: Map<number, Weather>, number: number): Weather {
  const known = buckets.get(number);
  if (known !== undefined) return known;
  const made: Weather = { looks: 0, ill: 0, errors: 0, turns: 0 };
  buckets.set(number, made);
  if (buckets.size > KEPT) buckets.delete(Math.min(...buckets.keys()));
  return made;
}
