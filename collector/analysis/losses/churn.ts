import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS = 24;

/** Drops that no burst explains, and time watched, by hour of the day (UTC). */
export type Churn = { drops: number[]; watchedMs: number[]; allDrops: number; allWatchedMs: number };

/** Nothing seen yet. */
export function newChurn(): Churn {
  return { drops: Array(HOURS).fill(0), watchedMs: Array(HOURS).fill(0), allDrops: 0, allWatchedMs: 0 };
}

/** Hour of the day of a moment, 0 to 23, UTC: a habit keeps its hour in any zone. */
export function hourOf(at: EpochMs): number {
  return Math.floor((((at % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
}

/** Adds (or with -1 takes back) a drop in an hour of the day. */
export function addDrop(churn: Churn, hour: number, count: 1 | -1): void {
  churn.drops[hour] = Math.max(0, (churn.drops[hour] ?? 0) + count);
  churn.allDrops = Math.max(0, churn.allDrops + count);
}

/** Adds time watched. Whole days go to every hour alike. */
export function addWatched(churn: Churn, from: EpochMs, to: EpochMs): void {
  if (to <= from) return;
  churn.allWatchedMs += to - from;
  const days = Math.floor((to - from) / DAY_MS);
  if (days > 0)
    for (let hour = 0; hour < HOURS; hour++) churn.watchedMs[hour] = (churn.watchedMs[hour] ?? 0) + days * HOUR_MS;
  for (let at = from + days * DAY_MS; at < to; ) {
    const next = Math.min(to, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS);
    const hour = hourOf(at);
    churn.watchedMs[hour] = (churn.watchedMs[hour] ?? 0) + next - at;
    at = next;
  }
}

/**
 * Drops a day at an hour of the day. The probe's own rate is drawn towards the floor until it has been watched for a
 * while; its rate of the hour towards its own rate times the fleet's habit of that hour (lids are closed in the
 * evening, by most of a fleet alike). Gamma-Poisson shrinkage: counts and days of the prior are added.
 */
export function dropsPerDay(own: Churn, fleet: Churn, hour: number, settings: Settings): number {
  const { churnPerDay, churnWeightDays, churnHourDays } = settings;
  const days = own.allWatchedMs / DAY_MS;
  const rate = (own.allDrops + churnPerDay * churnWeightDays) / (days + churnWeightDays);
  const expected = rate * habitOf(fleet, hour, settings);
  const watched = (own.watchedMs[hour] ?? 0) / DAY_MS;
  return ((own.drops[hour] ?? 0) + expected * churnHourDays) / (watched + churnHourDays);
}

/** How much likelier than on average the fleet drops at an hour. */
function habitOf(fleet: Churn, hour: number, { churnPerDay, churnHabitDrops }: Settings): number {
  const rate = fleet.allDrops / Math.max(1, fleet.allWatchedMs / DAY_MS) || churnPerDay;
  const expected = (rate * (fleet.watchedMs[hour] ?? 0)) / DAY_MS;
  return ((fleet.drops[hour] ?? 0) + churnHabitDrops) / (expected + churnHabitDrops);
}
