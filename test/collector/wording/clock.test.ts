import { expect, test } from "vitest";
import { momentText, spanText } from "../../../collector/wording/clock.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const noon = { utc: "2022-01-05T06:00:00.000Z", local: "2022-01-05T12:00:00+06:00" };

test("a moment is told by the clock of its place and in UTC", () => {
  expect(plain(momentText(noon, "en"))).toBe("5 January 2022, 12:00 (UTC+6) = 06:00 UTC");
});

test("a moment whose clock is UTC, or is not known, is told once", () => {
  const [from, to] = ["2022-01-05T06:00:00.000Z", "2022-01-05T06:30:00.000Z"].map((utc) => ({ utc, local: utc }));
  expect(plain(momentText(from ?? noon, "ru"))).toBe("5 января 2022 г., 06:00 UTC");
  expect(plain(spanText(from ?? noon, to ?? noon, "kk"))).toBe("2022 ж. 5 қаңтар, 06:00–06:30 UTC");
  expect(plain(spanText(noon, to ?? noon, "en"))).toBe(
    "5 January 2022, 12:00 (UTC+6) – 5 January 2022, 06:30 UTC = 06:00–06:30 UTC",
  );
});
