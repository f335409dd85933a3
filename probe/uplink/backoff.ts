/** Shortest and longest wait between two attempts to reach a collector. */
export const BACKOFF = { baseMs: 1000, capMs: 300_000 } as const;

/**
 * How long to wait after the n-th failure in a row (0 for the first): full jitter, a random time between nothing and
 * twice the last bound, which grows from 1 s to 5 minutes. Spreads a fleet that lost its collector all at once.
 */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const bound = Math.min(BACKOFF.capMs, BACKOFF.baseMs * 2 ** Math.min(failures, 30));
  return random() * bound;
}
