import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coverageSeries } from "../../../collector/api/coverage.ts";
import { targetCells } from "../../../collector/api/target-cells.ts";

const S = 1000;
const series = (more: Partial<Parameters<typeof coverageSeries>[0]>) =>
  coverageSeries({
    window: { from: 0, to: 100 * S },
    presences: [],
    memberships: [],
    gaps: [],
    buckets: 10,
    ...more,
  }).map(({ min, max, expected }) => [min, max, expected]);

describe("coverage over time", () => {
  test("shows the smallest and largest count of each part", () => {
    const presences = [
      { from: 0, to: 15 * S },
      { from: 5 * S, to: 200 * S },
    ];
    const found = series({ presences, memberships: [{ from: 0, to: 50 * S }] });
    expect(found.slice(0, 3)).toEqual([
      [1, 2, 1],
      [1, 2, 1],
      [1, 1, 1],
    ]);
    expect(found[9]).toEqual([1, 1, 0]);
  });

  test("is unknown, not nothing, while the collector was off", () => {
    const gaps = [{ from: 10 * S, to: 35 * S }];
    const found = series({ presences: [{ from: 0, to: 10 * S }], gaps });
    expect(found.map(([min]) => min)).toEqual([1, null, null, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("a short loss inside a part shows in its smallest count", () => {
    const presences = [
      { from: 0, to: 42 * S },
      { from: 43 * S, to: 100 * S },
    ];
    expect(series({ presences })[4]).toEqual([0, 1, 0]);
  });

  test("agrees with counting at every second", () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 60 })).map(([from, length]) => ({
      from: from * S,
      to: (from + length) * S,
    }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), fc.array(span, { maxLength: 3 }), (presences, gaps) => {
        const found = coverageSeries({
          window: { from: 0, to: 120 * S },
          presences,
          memberships: [],
          gaps,
          buckets: 7,
        });
        for (const { from, to, min, max } of found) {
          const [start, end] = [Date.parse(from), Date.parse(to)];
          // A half second inside each second that lies in the part: edges are whole seconds.
          const moments = Array.from({ length: 120 }, (_, second) => second * S + 500).filter(
            (at) => at >= start && at < end,
          );
          const counts = moments
            .filter((at) => !gaps.some((gap) => at >= gap.from && at < gap.to))
            .map((at) => presences.filter((one) => at >= one.from && at < one.to).length);
          if (counts.length === 0) continue;
          expect(min).toBeLessThanOrEqual(Math.min(...counts));
          expect(max).toBeGreaterThanOrEqual(Math.max(...counts));
        }
      }),
    );
  });

  test("an empty window has no parts", () => {
    expect(series({ window: { from: 5, to: 5 } })).toEqual([]);
  });
});

describe("cells of targets", () => {
  const row = (probe: string, code: Parameters<typeof targetCells>[0][number]["code"], measured = 1) => ({
    ...{ probe, code, measured, target: "orda.kz", asn: 9198, region: "KZ-75" },
  });

  test("take what most probes found", () => {
    const [cell] = targetCells([row("a", "tls_drop"), row("b", "ok"), row("c", "tls_drop", 5)]);
    expect(cell).toMatchObject({ code: "tls_drop", probes: 3, agreeing: 2, lastAt: "1970-01-01T00:00:00.005Z" });
  });

  test("take the latest where probes disagree evenly", () => {
    expect(targetCells([row("a", "tls_drop", 1), row("b", "ok", 2)])[0]).toMatchObject({ code: "ok", agreeing: 1 });
  });

  test("hear a probe that is offline only where no other speaks", () => {
    expect(targetCells([row("a", "offline", 9), row("b", "offline", 9), row("c", "ok")])[0]).toMatchObject({
      code: "ok",
    });
    expect(targetCells([row("a", "offline")])[0]).toMatchObject({ code: "offline" });
  });
});
