import type { SpeedBody } from "../../protocol/records/speed.ts";
import type { Series } from "./speed-series.ts";

/** A target this much slower than its control deserves a second pair soon; whether it is throttled needs many. */
const SLOW_RATIO = 0.5;
/** Handshakes that were throttled took over 2 s, and many times the control's (OONI on Kazakhstan, 2023). */
const SLOW_HANDSHAKE = { ms: 2_000, times: 5 };

/** Kilobits a second from the request to the last point; 0 without points. */
export function goodputKbitS(samples: Series): number {
  const [ms, bytes] = samples.at(-1) ?? [1, 0];
  return (bytes * 8) / Math.max(1, ms);
}

/**
 * Whether one pair is out of the ordinary: the target failed and the control did not, or was at most half as fast, or
 * its handshake took seconds and many times the control's. A hint for the schedule and the journal, never a verdict.
 */
export function looksSlow({ samples, failure, handshakeMs, handshakeOnly }: SpeedBody): boolean {
  if (failure.control !== null) return false;
  if (failure.target !== null) return failure.target !== "interrupted";
  const { target, control } = handshakeMs;
  if (target !== null && control !== null && target > SLOW_HANDSHAKE.ms && target > SLOW_HANDSHAKE.times * control)
    return true;
  return !handshakeOnly && goodputKbitS(samples.target) < SLOW_RATIO * goodputKbitS(samples.control);
}
