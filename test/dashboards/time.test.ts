import { describe, expect, it } from "vitest";
import { boundsOf } from "../../dashboards/chart/scale.ts";
import { dateText, momentText, monthText, offsetText, spanText, wallTime } from "../../dashboards/time.ts";

const plain = (text: string) => text.replace(/\u00a0/g, " ");
const almaty = (language: "kk" | "ru" | "en") => ({ language, zone: "Asia/Almaty" });

describe("times", () => {
  it("tells January 2022 in Almaty six hours ahead of UTC", () => {
    const at = "2022-01-05T10:30:00.000Z";
    expect(plain(momentText(at, almaty("en")))).toBe("5 January 2022, 16:30 (UTC+6) = 10:30 UTC");
    expect(plain(momentText(at, almaty("ru")))).toBe("5 января 2022 г., 16:30 (UTC+6) = 10:30 UTC");
    expect(plain(momentText(at, almaty("kk")))).toBe("2022 ж. 5 қаңтар, 16:30 (UTC+6) = 10:30 UTC");
  });

  it("tells 2026 in Almaty five hours ahead of UTC", () => {
    expect(plain(momentText("2026-11-21T18:40:00Z", almaty("en")))).toBe("21 November 2026, 23:40 (UTC+5) = 18:40 UTC");
  });

  it("tells the two passes of the doubled hour of 29 February 2024 apart by their offsets", () => {
    const [first, second] = ["2024-02-29T17:30:00Z", "2024-02-29T18:30:00Z"];
    expect(plain(momentText(first, almaty("en")))).toBe("29 February 2024, 23:30 (UTC+6) = 17:30 UTC");
    expect(plain(momentText(second, almaty("en")))).toBe("29 February 2024, 23:30 (UTC+5) = 18:30 UTC");
    expect(plain(spanText(first, second, almaty("en")))).toBe(
      "29 February 2024, 23:30 (UTC+6) – 23:30 (UTC+5) = 17:30–18:30 UTC",
    );
  });

  it("keeps the west of the country at UTC+5 before and after", () => {
    expect(wallTime("2022-01-05T10:30:00Z", "Asia/Aqtobe").offsetMin).toBe(300);
    expect(wallTime("2026-01-05T10:30:00Z", "Asia/Aqtobe").offsetMin).toBe(300);
  });

  it("adds the UTC date where it is another one, and leaves out a date that is near", () => {
    const style = { ...almaty("en"), near: "2022-01-06T01:00:00Z" };
    expect(plain(momentText("2022-01-05T19:05:00Z", style))).toBe("01:05 (UTC+6) = 5 January, 19:05 UTC");
    expect(plain(momentText("2022-01-04T19:05:00Z", style))).toBe("5 January, 01:05 (UTC+6) = 4 January, 19:05 UTC");
  });

  it("shows seconds where both ends of a span lie in one minute", () => {
    expect(plain(spanText("2022-01-05T10:30:05Z", "2022-01-05T10:30:20Z", almaty("en")))).toBe(
      "5 January 2022, 16:30:05–16:30:20 (UTC+6) = 10:30:05–10:30:20 UTC",
    );
  });

  it("names every month in Kazakh by our own words, and a month alone in the right case", () => {
    const months = Array.from({ length: 12 }, (_, month) => wallTime(Date.UTC(2026, month, 15), "UTC"));
    const kazakh = months.map((wall) => plain(dateText(wall, "kk", false)));
    expect(kazakh).toContain("15 наурыз");
    expect(new Set(kazakh).size).toBe(12);
    expect(kazakh.join()).not.toMatch(/M\d\d/);
    expect(months.slice(0, 1).map((wall) => monthText(wall, "ru"))).toEqual(["январь 2026 г."]);
    expect(months.slice(0, 1).map((wall) => monthText(wall, "kk"))).toEqual(["2026 ж. қаңтар"]);
  });

  it("reads a zone that nobody knows as Almaty", () => {
    expect(wallTime("2026-01-05T10:30:00Z", "Mars/Olympus").offsetMin).toBe(300);
  });

  it("writes offsets with minutes and to the west", () => {
    expect([0, 300, 330, -210].map(offsetText)).toEqual(["UTC", "UTC+5", "UTC+5:30", "UTC−3:30"]);
  });

  it("gives the local day of 29 February 2024 its 25 hours", () => {
    const [from, to] = boundsOf("2024-02-29T12:00:00Z", "day", "Asia/Almaty");
    expect((to - from) / 3_600_000).toBe(25);
  });
});
