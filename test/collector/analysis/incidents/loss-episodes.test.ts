import { describe, expect, it } from "vitest";
import { episodesOf } from "../../../../collector/analysis/incidents/loss-episodes.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";
import type { Incident } from "../../../../protocol/incident.ts";
import { T0 } from "../build.ts";

const DAY = 86_400_000;

function cut(id: string, fromDay: number, toDay: number | null, more: Partial<Incident> = {}): Incident {
  const at = (day: number) => {
    const text = new Date(T0 + day * DAY).toISOString();
    return { earliest: text, latest: text };
  };
  return {
    id,
    kind: "shutdown",
    method: null,
    extent: "total",
    targets: [],
    asns: [],
    regions: ["KZ-75"],
    access: [],
    start: at(fromDay),
    end: toDay === null ? null : at(toDay),
    detectedAt: new Date(T0 + fromDay * DAY).toISOString(),
    confidence: "confirmed",
    witnesses: 3,
    measurements: 3,
    causes: [],
    ...more,
  };
}
const episodes = (...incidents: Incident[]) => Object.fromEntries(episodesOf(incidents, SETTINGS));

describe("episodes of cuts", () => {
  it("cuts one to four days after each other share one, named after the first, in any order", () => {
    expect(episodes(cut("c", 5, 6), cut("a", 0, 1), cut("b", 2, 3))).toEqual({ a: "a", b: "a", c: "a" });
  });

  it("a cut that stands alone, another region, a long pause, and an outage share none", () => {
    expect(episodes(cut("a", 0, 1))).toEqual({});
    expect(episodes(cut("a", 0, 1), cut("b", 2, 3, { regions: ["KZ-71"] }))).toEqual({});
    expect(episodes(cut("a", 0, 1), cut("b", 7, 8))).toEqual({});
    expect(episodes(cut("a", 0, 1), cut("b", 2, 3, { kind: "outage" }))).toEqual({});
  });

  it("what is still open goes on, and no episode lasts for more than two weeks", () => {
    expect(episodes(cut("a", 0, null), cut("b", 9, 10))).toEqual({ a: "a", b: "a" });
    expect(episodes(cut("a", 0, null), cut("b", 15, 16))).toEqual({});
    expect(episodes(cut("a", 0, 1, { regions: [] }), cut("b", 2, 3))).toEqual({ a: "a", b: "a" });
  });
});
