import { expect, it } from "vitest";
import { moment } from "../../../probe/words/moment.ts";

const NOW = Date.parse("2026-11-22T03:30:00.000Z");

it.each([
  ["en", "2 minutes ago"],
  ["ru", "2 минуты назад"],
  ["kk", "2 минут бұрын"],
] as const)("a moment in %s says how long ago, and stands in UTC", (language, ago) => {
  const text = moment("2026-11-22T03:27:30.000Z", NOW, language);
  expect(text).toContain(ago);
  expect(text).toMatch(/03:27 UTC/);
});

it("days, hours and seconds, before and after, and what is no time at all", () => {
  expect(moment("2026-11-20T03:29:00.000Z", NOW, "en")).toContain("2 days ago");
  expect(moment("2026-11-22T06:30:00.000Z", NOW, "en")).toContain("in 3 hours");
  expect(moment("2026-11-22T03:29:59.500Z", NOW, "en")).toContain("now");
  expect(moment("soon", NOW, "en")).toBe("soon");
});

it("a time to come is told in a unit that says it: two hours less a moment, ninety minutes", () => {
  expect(moment("2026-11-22T05:29:59.990Z", NOW, "en")).toContain("in 2 hours");
  expect(moment("2026-11-22T05:00:00.000Z", NOW, "en")).toContain("in 90 minutes");
  expect(moment("2026-11-22T04:30:00.000Z", NOW, "en")).toContain("in 1 hour");
});
