/** When to look whether a round is due (a cron expression), and how much time since the last one makes it due. */
export type Cadence = { readonly cron: string; readonly everyMs: number; readonly dueAfterMs: number };

/** Ticks are not exact: one that comes early by less than this share of the cadence still counts. */
const EARLY = 0.25;

/**
 * The cron expression of a cadence in seconds: the cadence itself where it divides a minute or an hour evenly, else a
 * tick every second (below two minutes) or minute with a check whether a round is due. Pure.
 */
export function cadenceOf(roundS: number): Cadence {
  const everyMs = roundS * 1000;
  const exact = { everyMs, dueAfterMs: everyMs * (1 - EARLY) };
  const minutes = roundS / 60;
  if (divides(roundS)) return { cron: `*/${roundS} * * * * *`, ...exact };
  if (divides(minutes)) return { cron: `*/${minutes} * * * *`, ...exact };
  return { cron: roundS < 120 ? "* * * * * *" : "* * * * *", everyMs, dueAfterMs: everyMs - 100 };
}

function divides(part: number): boolean {
  return Number.isInteger(part) && part > 0 && part < 60 && 60 % part === 0;
}
