const FIRST_MS = 10_000;
const LONGEST_MS = 3_600_000;

/**
 * How long to wait before the next try: a random time up to twice as much each time, ten seconds at first, an hour at
 * most, in whole milliseconds (full jitter: receivers that come back are not met by all at once).
 */
export function retryDelayMs(tries: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 20)));
}
