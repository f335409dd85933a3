import type { OutsideSource } from "./types.ts";

type Source = {
  readonly name: string;
  /** Terms of the data where they are told; an importer may tell others. None of them may enter our CC BY data. */
  readonly licence: string;
};

export const SOURCES: Readonly<Record<OutsideSource, Source>> = {
  ioda: { name: "IODA", licence: "terms of IODA (ioda.inetintel.cc.gatech.edu)" },
  radar: { name: "Cloudflare Radar", licence: "CC BY-NC 4.0" },
  ooni: { name: "OONI", licence: "terms of OONI (ooni.org/about/data-policy)" },
};

/** Limits of one file of another project. */
export const OUTSIDE_LIMITS = {
  bytes: 8 * 1024 * 1024,
  series: 2000,
  values: 1_000_000,
} as const;
