/** At least `gapMs` between two, and at most `most` within `windowMs`. */
export type Allowance = { readonly gapMs: number; readonly most: number; readonly windowMs: number };

/** Says for each key whether one more is allowed now, and notes it when it is. */
export type Allowances = { take: (key: string, now: number) => boolean };

/** Allowances by key. Keeps at most `size` keys; those used longest ago go first. */
export function createAllowances({ gapMs, most, windowMs }: Allowance, size = 20_000): Allowances {
  const used = new Map<string, number[]>();
  return {
    take: (key, now) => {
      const times = (used.get(key) ?? []).filter((at) => now - at < windowMs);
      const last = times.at(-1);
      if (times.length >= most || (last !== undefined && now - last < gapMs)) return false;
      // Deleting first moves the key to the end: a Map keeps the order of insertion.
      used.delete(key);
      used.set(key, [...times, now]);
      if (used.size > size) used.delete(used.keys().next().value ?? key);
      return true;
    },
  };
}
