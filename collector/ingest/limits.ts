import type { EpochMs } from "../analysis/types.ts";

/** A token bucket: `burst` at once, refilled by `perSecond`. */
export type Rate = { readonly burst: number; readonly perSecond: number };
export type Rates = {
  readonly batches: Rate;
  readonly bytes: Rate;
  readonly frames: Rate;
  readonly joins: Rate;
  readonly questions: Rate;
  readonly uploads: Rate;
};

/**
 * A probe that returns after weeks sends its backlog at once; that must pass, a broken loop must not. Joins are one
 * bucket for all, because the collector keeps no addresses by which to tell people apart.
 */
export const RATES: Rates = {
  batches: { burst: 200, perSecond: 20 },
  bytes: { burst: 64 * 1024 * 1024, perSecond: 1024 * 1024 },
  frames: { burst: 120, perSecond: 4 },
  joins: { burst: 200, perSecond: 5 },
  // DNS questions, one bucket for all: their senders can be forged.
  questions: { burst: 500, perSecond: 200 },
  // Bytes of paired uploads, of all probes together: a probe makes a few a day.
  uploads: { burst: 16 * 1024 * 1024, perSecond: 256 * 1024 },
};

export type RateLimits<Kind extends string = keyof Rates> = {
  /** Takes `amount` from a bucket; returns 0, or the seconds until that amount would be there. */
  take: (kind: Kind, key: string, amount?: number) => number;
};

type Bucket = { tokens: number; at: EpochMs };

/** Rate limits by kind and key (a known probe's id). Keeps at most `size` buckets; the least used go first. */
export function createRateLimits<Kind extends string>(
  rates: Readonly<Record<Kind, Rate>>,
  now: () => EpochMs = Date.now,
  size = 50_000,
): RateLimits<Kind> {
  const buckets = new Map<string, Bucket>();
  return {
    take: (kind, key, amount = 1) => {
      const { burst, perSecond } = rates[kind];
      const name = `${kind} ${key}`;
      const before = buckets.get(name) ?? { tokens: burst, at: now() };
      const at = Math.max(now(), before.at);
      const tokens = Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond);
      const enough = tokens >= Math.min(amount, burst);
      // Deleting first moves the bucket to the end: a Map keeps the order of insertion.
      buckets.delete(name);
      buckets.set(name, { tokens: enough ? tokens - amount : tokens, at });
      if (buckets.size > size) buckets.delete(buckets.keys().next().value ?? name);
      return enough ? 0 : Math.ceil((Math.min(amount, burst) - tokens) / perSecond);
    },
  };
}
