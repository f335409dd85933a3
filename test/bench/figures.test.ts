import fc from "fast-check";
import { expect, test } from "vitest";
import { difference, goalLine, median, perDay, readCounters, spread, sumOf } from "./figures.ts";

test("the median is the middle value, or the mean of the two middle ones, in whatever order they come", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const middle = median(values);
      const below = values.filter((value) => value < middle).length;
      const above = values.filter((value) => value > middle).length;
      expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      expect(median([...values].reverse())).toBe(middle);
    }),
  );
});

test("a spread names median, least and most", () => {
  expect(spread([2, 10, 1], "ms", 0)).toBe("2 [1..10] ms");
});

test("a goal is met by what is printed, and missed by more", () => {
  expect(goalLine("idle", 1.38, 1.45)).toEqual({ ok: true, text: "idle: 1.38 (goal ≤ 1.45) ok" });
  expect(goalLine("idle", 1.4501, 1.45).ok).toBe(true);
  expect(goalLine("a round", 60.01, 60, "s")).toEqual({ ok: false, text: "a round: 60.01 s (goal ≤ 60 s) MISSED" });
  expect(goalLine("nothing measured", Number.NaN, 1).ok).toBe(false);
});

test("a day is as many events as its seconds hold", () => {
  expect(perDay(20 * 100, 20, 15)).toBe(100 * 5760);
});

const LISTED = `table ip bench {
	counter up_dns {
		packets 3 bytes 180
	}
	counter down_https {
		packets 7 bytes 9000
	}
}
`;

test("nft's counters are read by name, and readings are subtracted and summed", () => {
  const after = readCounters(LISTED);
  expect(after).toEqual({ up_dns: { packets: 3, bytes: 180 }, down_https: { packets: 7, bytes: 9000 } });
  const used = difference({ up_dns: { packets: 1, bytes: 60 } }, after);
  expect(used).toEqual({ up_dns: { packets: 2, bytes: 120 }, down_https: { packets: 7, bytes: 9000 } });
  expect(sumOf(used)).toEqual({ packets: 9, bytes: 9120 });
  expect(sumOf(used, "up_")).toEqual({ packets: 2, bytes: 120 });
});
