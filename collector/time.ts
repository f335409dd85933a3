import type { EpochMs } from "./analysis/types.ts";

/** RFC 3339 UTC text of a moment. */
export function utc(at: EpochMs): string {
  return new Date(at).toISOString();
}
