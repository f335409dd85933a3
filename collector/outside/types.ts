/** What other projects measured, as pages and the API show it. Times are RFC 3339 UTC text. */

/** Projects whose series are read. */
export const OUTSIDE_SOURCES = ["ioda", "radar", "ooni"] as const;
export type OutsideSource = (typeof OUTSIDE_SOURCES)[number];

/** A span of time that a source marked, in its own words. `to` null: without an end when it was retrieved. */
export type OutsideSpan = { from: string; to: string | null; label: string; link: string | null };

/** One series as a source gave it: values at even steps, or spans. Nothing is scaled, smoothed or filled. */
export type OutsideSeries = {
  /** The source's own name of the signal: `bgp`, `ping-slash24`, `anomaly_count`, `outage` … */
  signal: string;
  /** Of what it speaks, by the source's own kind and code: `country` `KZ`, `asn` `9198`. */
  entity: { type: string; code: string };
  asn: number | null;
  target: string | null;
  from: string;
  to: string;
  stepMs: number | null;
  /** Null where the source gave no value. Empty where the series is one of spans. */
  values: (number | null)[];
  spans: OutsideSpan[];
};

/** Where a series comes from, and under which terms. */
export type OutsideOrigin = {
  source: OutsideSource;
  licence: string;
  /** Null: a file whose address was not told. */
  address: string | null;
  retrievedAt: string;
  /** Of the bytes as received, which can be had at `original`. */
  sha256: string;
  original: string;
};

/** One column of a drawn row: smallest and largest value in it, null where the source gave none. */
export type OutsideBucket = { from: string; to: string; min: number | null; max: number | null };

/** A series as a row of the timeline, on its own scale from `low` to `high`. */
export type OutsideRow = Pick<OutsideSeries, "signal" | "entity" | "asn" | "target" | "spans"> &
  OutsideOrigin & {
    buckets: OutsideBucket[];
    low: number | null;
    high: number | null;
    /** Times for which the source was asked; outside of them nothing is known of it. */
    from: string;
    to: string;
  };
