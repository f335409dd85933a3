import type { EpochMs } from "../analysis/types.ts";

const DAY_MS = 86_400_000;
const FOREVER = "public, max-age=31536000, immutable";

/**
 * How long an answer stays right. As of a day that has ended a repeatable one never changes; others may, since journals
 * and archives come late and a place is named once it has enough probes.
 */
export function cacheControl(asked: {
  readonly now: EpochMs;
  /** The moment asked for by `as_of`; null where none was. */
  readonly asOf: EpochMs | null;
  /** End of the window asked for; null where it is now. */
  readonly to: EpochMs | null;
  readonly repeatable: boolean;
}): string {
  const today = Math.floor(asked.now / DAY_MS) * DAY_MS;
  if (asked.asOf !== null && asked.asOf < today) return asked.repeatable ? FOREVER : "public, max-age=3600";
  return `public, max-age=${asked.to !== null && asked.to <= today ? 60 : 10}`;
}
