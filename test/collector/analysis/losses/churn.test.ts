import { describe, expect, it } from "vitest";
import { addDrop, addWatched, dropsPerDay, hourOf, newChurn } from "../../../../collector/analysis/losses/churn.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";
import { T0 } from "../build.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** T0 is 10:00 UTC. */
const EVENING = 17;
const NOON = 12;

/** A probe watched for some days, dropped each evening. */
function evenings(days: number) {
  const churn = newChurn();
  addWatched(churn, T0, T0 + days * DAY);
  for (let day = 0; day < days; day++) addDrop(churn, EVENING, 1);
  return churn;
}

describe("a probe's own churn", () => {
  it("is the floor before anything was seen", () => {
    expect(dropsPerDay(newChurn(), newChurn(), NOON, SETTINGS)).toBeCloseTo(SETTINGS.churnPerDay);
  });

  it("counts the time of each hour", () => {
    const churn = newChurn();
    addWatched(churn, T0 + HOUR / 2, T0 + DAY + 2 * HOUR);
    expect([hourOf(T0), churn.watchedMs[10], churn.watchedMs[11], churn.watchedMs[12]]).toEqual([
      10,
      1.5 * HOUR,
      2 * HOUR,
      HOUR,
    ]);
    expect(churn.allWatchedMs).toBe(DAY + 1.5 * HOUR);
    addWatched(churn, T0, T0 - 1);
    expect(churn.allWatchedMs).toBe(DAY + 1.5 * HOUR);
  });

  it("learns the hour at which a lid is closed", () => {
    const own = evenings(20);
    const [evening, noon] = [EVENING, NOON].map((hour) => dropsPerDay(own, newChurn(), hour, SETTINGS));
    expect(evening).toBeGreaterThan(10);
    expect(noon).toBeLessThan(1);
  });

  it("takes the fleet's habit for a probe that nobody knows yet", () => {
    const fleet = evenings(40);
    expect(dropsPerDay(newChurn(), fleet, EVENING, SETTINGS)).toBeGreaterThan(
      5 * dropsPerDay(newChurn(), fleet, NOON, SETTINGS),
    );
  });

  it("forgets a drop that turns out to be none", () => {
    const churn = newChurn();
    addDrop(churn, 3, 1);
    addDrop(churn, 3, -1);
    addDrop(churn, 3, -1);
    expect([churn.allDrops, churn.drops[3]]).toEqual([0, 0]);
  });
});
