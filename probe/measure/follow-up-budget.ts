/** When the last set of follow-ups of each target began, in milliseconds of the caller's monotonic clock. */
export type FollowUpsMade = ReadonlyMap<string, number>;

/** Repeated trials at one address could draw attention to the volunteer and to the names tried. */
const EVERY_MS = 3_600_000;

/**
 * Whether a target may have a set of follow-ups now: one an hour at most. Returns what to keep for the next question;
 * entries older than an hour are dropped. Pure.
 */
export function followUpBudget(
  made: FollowUpsMade,
  target: string,
  nowMs: number,
  everyMs = EVERY_MS,
): { allowed: boolean; made: FollowUpsMade } {
  const recent = new Map([...made].filter(([, atMs]) => nowMs - atMs < everyMs));
  if (recent.has(target)) return { allowed: false, made: recent };
  return { allowed: true, made: recent.set(target, nowMs) };
}
