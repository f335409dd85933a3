import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isPaused, parseDuration, pause, pausedUntil } from "../../probe/pause.ts";
import { folders } from "./support.ts";

const temporary = folders();
afterAll(temporary.clean);

it("a pause with an end is over once its time has passed, one without holds", () => {
  const data = join(temporary.make(), "probe");
  mkdirSync(data);
  expect(isPaused(data)).toBe(false);
  pause(data, 2_000);
  expect([isPaused(data, 1_999), pausedUntil(data)]).toEqual([true, "1970-01-01T00:00:02.000Z"]);
  expect([isPaused(data, 2_000), isPaused(data, 1_000)]).toEqual([false, false]);
  pause(data, null);
  expect([isPaused(data, 1e15), pausedUntil(data)]).toEqual([true, null]);
});

it("lengths of time are minutes, hours and days", () => {
  expect(["30m", "2h", "1d"].map(parseDuration)).toEqual([1_800_000, 7_200_000, 86_400_000]);
  expect(["", "2", "h", "0h", "-1h", "2 h", "9999d"].map(parseDuration)).toEqual(Array(7).fill(null));
});
