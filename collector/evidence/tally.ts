import { isBlocking, type VerdictCode } from "../../protocol/verdict.ts";
import type { Tally } from "./facts.ts";

export const NO_TALLY: Tally = { measurements: 0, interfered: 0, clear: 0, unclear: 0 };

/** A tally with one more measurement; null: not judged. */
export function tallied(tally: Tally, code: VerdictCode | null): Tally {
  const what = code === null ? "unclear" : isInterference(code) ? "interfered" : code === "ok" ? "clear" : "unclear";
  return { ...tally, measurements: tally.measurements + 1, [what]: tally[what] + 1 };
}

/** Whether a verdict says that somebody interfered on the way, by blocking or by slowing down. */
export function isInterference(code: VerdictCode): boolean {
  return isBlocking(code) || code === "throttled";
}
