import { followUpBudget } from "../measure/follow-up-budget.ts";
import { isLaboratory } from "./settings.ts";

/** An hour, or in laboratories four rounds, which is an hour in the usual cadence. */
const FOLLOW_UPS_EVERY = { ms: 3_600_000, labRounds: 4 };

/** Whether a target may have a set of follow-ups now; notes that it has. */
export function takeFollowUps(
  books: { followUps: Parameters<typeof followUpBudget>[0] },
  target: string,
  nowMs: number,
  roundS: number,
): boolean {
  const everyMs = isLaboratory(roundS) ? roundS * 1000 * FOLLOW_UPS_EVERY.labRounds : FOLLOW_UPS_EVERY.ms;
  const { allowed, made } = followUpBudget(books.followUps, target, nowMs, everyMs);
  books.followUps = made;
  return allowed;
}
