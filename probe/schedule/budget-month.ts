/** Bytes moved in a day that began at a moment of monotonic time. A plain value: it may be kept as JSON. */
export type DaySpent = { readonly atMs: number; readonly bytes: number };

/** What may still be used in thirty days. */
export type MonthBudget = { leftBytes: () => number; spend: (bytes: number) => void; days: () => DaySpent[] };

const DAY_MS = 86_400_000;
/** A day's bytes count until thirty days after its last moment. */
const COUNTED_MS = 31 * DAY_MS;

/**
 * At most `bytesPerMonth` in any thirty days; more than a refilling allowance would keep, since data plans cut off
 * hard. Counted by monotonic time, so that a clock that is set changes nothing. `before` is how an earlier process
 * left it. Goes over by what was under way at most.
 */
export function createMonthBudget(
  bytesPerMonth: number,
  monoMs: () => number,
  before: readonly DaySpent[] = [],
): MonthBudget {
  let days = [...before];
  const counted = () => {
    const now = monoMs();
    days = days.filter(({ atMs }) => now - atMs < COUNTED_MS);
    return days;
  };
  return {
    leftBytes: () => bytesPerMonth - counted().reduce((sum, { bytes }) => sum + bytes, 0),
    spend: (bytes) => {
      const now = monoMs();
      const last = counted().at(-1);
      if (last === undefined || now - last.atMs >= DAY_MS) days = [...days, { atMs: now, bytes }];
      else days = [...days.slice(0, -1), { atMs: last.atMs, bytes: last.bytes + bytes }];
    },
    days: counted,
  };
}

/** Before this no clock that was ever set can stand. */
const SET_AFTER_MS = Date.UTC(2025, 0, 1);
/** A jump ahead of the wall clock brings this much of a month back at most. */
const OFF_MOST_MS = 7 * DAY_MS;

/** How long a host was off, as far as its wall clock can be believed where money hangs on it. Pure. */
export function believedOffMs(thenWallMs: number, nowWallMs: number): number {
  if (thenWallMs < SET_AFTER_MS || nowWallMs < SET_AFTER_MS) return 0;
  return Math.min(OFF_MOST_MS, Math.max(0, nowWallMs - thenWallMs));
}
