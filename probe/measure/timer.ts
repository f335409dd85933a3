/** Milliseconds since some start on the monotonic clock. */
export type Timer = () => number;

/** A timer that starts at 0 now. Reads are rounded to a tenth of a millisecond. */
export function startTimer(now: () => number = () => performance.now()): Timer {
  const startedAt = now();
  return () => Math.round((now() - startedAt) * 10) / 10;
}

/** Milliseconds from `startMs` until now on the same timer. */
export function since(timer: Timer, startMs: number): number {
  return Math.max(0, Math.round((timer() - startMs) * 10) / 10);
}
