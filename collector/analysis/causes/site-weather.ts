import type { EpochMs } from "../types.ts";

/** How a control found a site: well, with an error of its own, or not at all. */
export type SiteState = "well" | "error" | "ill";
/**
 * What controls found of a site over a stretch of time. `turns`: how often one found it other than just before;
 * `controls`: how many looked, and for how many of them it was mostly not well.
 */
export type Weather = { looks: number; ill: number; errors: number; turns: number; controls: number; without: number };

/** What controls find of sites, for the causes of blocks: whether a site stayed well for others, and how steadily. */
export type SiteWeather = {
  saw: (target: string, control: string, at: EpochMs, state: SiteState) => void;
  between: (target: string, from: EpochMs, to: EpochMs) => Weather;
};

const BUCKET_MS = 900_000;
/** Quarters of an hour kept a target and control: a little more than two and a half days. */
const KEPT = 256;

type Counts = Pick<Weather, "looks" | "ill" | "errors" | "turns">;
type Own = { buckets: Map<number, Counts>; at: EpochMs; state: SiteState | null };

/** Nothing found. */
export const NO_WEATHER: Weather = { looks: 0, ill: 0, errors: 0, turns: 0, controls: 0, without: 0 };

/** No weather yet. Bounded by the number of targets and controls. */
export function createSiteWeather(): SiteWeather {
  const sites = new Map<string, Map<string, Own>>();
  return {
    saw: (target, control, at, state) => {
      const site = sites.get(target) ?? new Map<string, Own>();
      sites.set(target, site);
      const own = site.get(control) ?? { buckets: new Map(), at, state: null };
      site.set(control, own);
      const bucket = bucketOf(own.buckets, Math.floor(at / BUCKET_MS));
      bucket.looks++;
      if (state === "ill") bucket.ill++;
      if (state === "error") bucket.errors++;
      if (own.at > at) return;
      if (own.state !== null && (own.state === "well") !== (state === "well")) bucket.turns++;
      Object.assign(own, { at, state });
    },
    between: (target, from, to) => {
      const all = [...(sites.get(target)?.values() ?? [])].map(({ buckets }) => countsIn(buckets, from, to));
      return sumOf(
        all
          .filter(({ looks }) => looks > 0)
          .map((own) => ({ ...own, controls: 1, without: (own.ill + own.errors) * 2 > own.looks ? 1 : 0 })),
      );
    },
  };
}

/** Several stretches, or sites, together. */
export function sumOf(all: readonly Weather[]): Weather {
  return all.reduce(
    (sum, one) => ({
      looks: sum.looks + one.looks,
      ill: sum.ill + one.ill,
      errors: sum.errors + one.errors,
      turns: sum.turns + one.turns,
      controls: sum.controls + one.controls,
      without: sum.without + one.without,
    }),
    NO_WEATHER,
  );
}

function countsIn(buckets: ReadonlyMap<number, Counts>, from: EpochMs, to: EpochMs): Counts {
  const sum = { looks: 0, ill: 0, errors: 0, turns: 0 };
  for (const [number, bucket] of buckets) {
    if ((number + 1) * BUCKET_MS <= from || number * BUCKET_MS >= to) continue;
    for (const key of ["looks", "ill", "errors", "turns"] as const) sum[key] += bucket[key];
  }
  return sum;
}

function bucketOf(buckets: Map<number, Counts>, number: number): Counts {
  const known = buckets.get(number);
  if (known !== undefined) return known;
  const made = { looks: 0, ill: 0, errors: 0, turns: 0 };
  buckets.set(number, made);
  // Nearly always in order: the first is the oldest.
  const oldest = buckets.keys().next().value;
  if (buckets.size > KEPT && oldest !== undefined) buckets.delete(oldest);
  return made;
}
