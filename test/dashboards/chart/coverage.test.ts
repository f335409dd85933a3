import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CoveragePoint } from "../../../collector/api/types.ts";
import { coverageBand } from "../../../dashboards/chart/coverage-band.ts";
import { foldCoverage, mergedGaps } from "../../../dashboards/chart/fold-coverage.ts";
import { scaleOf, ticksOf } from "../../../dashboards/chart/scale.ts";
import { markupOf } from "../../../dashboards/html.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
const point = (index: number, min: number | null, max: number | null = min): CoveragePoint => ({
  from: at(index),
  to: at(index + 1),
  min,
  max,
  expected: 12,
});

describe("a long series", () => {
  it("keeps a cut of one bucket when it is folded", () => {
    const points = Array.from({ length: 8640 }, (_, index) => point(index, index === 5000 ? 0 : 12, 12));
    const folded = foldCoverage(points);
    expect(folded.length).toBeLessThanOrEqual(400);
    expect(folded.filter(({ min }) => min === 0)).toHaveLength(1);
  });

  it("keeps its smallest and its largest count whatever it holds", () => {
    const counts = fc.array(fc.nat(50), { minLength: 1, maxLength: 2000 });
    fc.assert(
      fc.property(counts, (list) => {
        const folded = foldCoverage(list.map((count, index) => point(index, count)));
        expect(Math.min(...folded.map(({ min }) => min ?? Number.NaN))).toBe(Math.min(...list));
        expect(Math.max(...folded.map(({ max }) => max ?? Number.NaN))).toBe(Math.max(...list));
        expect([folded[0]?.from, folded.at(-1)?.to]).toEqual([at(0), at(list.length)]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("a gap of the collector", () => {
  it("is hatched and never joined by a line", () => {
    const points = [point(0, 5), point(1, null), point(2, 5)];
    const words = { noData: "no data", few: "too few", label: "coverage" };
    const svg = markupOf(coverageBand({ scale: scaleOf(at(0), at(3)), points, gaps: [], words }));
    expect(svg).toContain('fill="url(#hatch)"');
    expect(svg).toContain(">no data</text>");
    expect(svg.match(/class="most" d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(2);
  });

  it("is told once where gaps touch or overlap", () => {
    const gaps = [
      { from: at(5), to: at(9) },
      { from: at(0), to: at(3) },
      { from: at(3), to: at(4) },
      { from: at(6), to: at(7) },
    ];
    expect(mergedGaps(gaps)).toEqual([
      { from: at(0), to: at(4) },
      { from: at(5), to: at(9) },
    ]);
  });
});

describe("ticks", () => {
  it("stand at round local hours, and at the true midnight after the day of 25 hours", () => {
    const { ticks } = ticksOf(scaleOf("2024-02-29T06:00:00Z", "2024-03-01T06:00:00Z"), "Asia/Almaty");
    const midnights = ticks.filter(({ midnight }) => midnight).map(({ atMs }) => new Date(atMs).toISOString());
    expect(midnights).toEqual(["2024-02-29T19:00:00.000Z"]);
  });

  it("are few in any window", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 * 24 * 700 }), (minutes) => {
        const { ticks } = ticksOf(scaleOf(at(0), at(minutes)), "Asia/Almaty");
        expect(ticks.length).toBeLessThanOrEqual(10);
        for (const tick of ticks) expect(tick.percent >= 0 && tick.percent <= 100).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
