import { describe, expect, test } from "vitest";
import { associate } from "../../../../collector/analysis/associate/associate.ts";
import { createDraws } from "../../../../collector/analysis/associate/draws.ts";
import { powerOf } from "../../../../collector/analysis/associate/test-kind.ts";
import { canonicalJson } from "../../../../protocol/canonical-json.ts";
import type { WorldEvent } from "../../../../protocol/event.ts";
import type { Incident } from "../../../../protocol/incident.ts";
import { about, at, CITIES, offsetOf, rally, shutdown, testsOf, watched } from "./year.ts";

/** Twenty rallies, one every eighteen days. */
const RALLIES = Array.from({ length: 20 }, (_, index) => rally(3 + index * 18));

describe("association of incidents with events", () => {
  test("is found where shutdowns begin beside most rallies and hardly else", () => {
    const others = [15, 100, 135, 210, 260, 315];
    const incidents = [...RALLIES.slice(0, 14).map((_, index) => 3 + index * 18), ...others].map((day) =>
      shutdown(at(day)),
    );
    const found = associate({ incidents, events: RALLIES, watched, offsetOf });
    expect(about(found, "shutdown")).toMatchObject({
      verdict: "associated",
      eventDays: 20,
      eventDaysWith: 14,
      ordinaryDays: 345,
      ordinaryDaysWith: 6,
      draws: 10_000,
    });
    expect(about(found, "shutdown")?.p).toBeLessThan(0.001);
    for (const { p } of about(found, "shutdown")?.placebo ?? []) expect(p).toBeGreaterThan(0.05);
    expect(about(found, "power outage")).toMatchObject({ negativeControl: true, eventDaysWith: 0, p: 1 });
    expect(about(found, "shutdown")?.says).toContain("an association, not a cause");
  });

  test("is the same, byte for byte, each time and in whatever order events come", () => {
    const incidents = [3, 21, 40, 80].map((day) => shutdown(at(day)));
    const once = canonicalJson(associate({ incidents, events: RALLIES, watched, offsetOf }));
    expect(canonicalJson(associate({ incidents, events: [...RALLIES].reverse(), watched, offsetOf }))).toBe(once);
  });

  test("is not found in data without one: small chances are no more frequent than they should be", () => {
    const draw = createDraws("nothing to be found");
    const chances = Array.from({ length: 60 }, () => {
      const incidents = Array.from({ length: 30 }, () => shutdown(at(draw(365), draw(24)))).sort((a, b) =>
        a.start.earliest < b.start.earliest ? -1 : 1,
      );
      const events = Array.from({ length: 20 }, () => rally(draw(365)));
      return about(associate({ incidents, events: distinct(events), watched, offsetOf }), "shutdown")?.p ?? 1;
    });
    const below = (p: number) => chances.filter((chance) => chance <= p).length;
    // Of 60 tests: more than 8 at 0.05 would happen once in two hundred such checks, and the counts are discrete.
    expect(below(0.05)).toBeLessThanOrEqual(8);
    expect(below(0.5)).toBeGreaterThanOrEqual(15);
    expect(below(0.5)).toBeLessThanOrEqual(42);
  });

  test("counts an episode once, however many windows it had and cities it struck", () => {
    const windows = [0, 1, 2, 3].map((index) => shutdown(at(39 + index), { regions: [] }));
    const events = CITIES.map((place) => rally(39, { place, id: `rally-${place}` }));
    const found = about(associate({ incidents: windows, events, watched, offsetOf }), "shutdown");
    expect(found).toMatchObject({ eventDays: 3, eventDaysWith: 1, ordinaryDaysWith: 0 });
  });

  test("is not judged from a handful of events: it tells how many it would take", () => {
    const found = about(
      associate({ incidents: [shutdown(at(3))], events: RALLIES.slice(0, 2), watched, offsetOf }),
      "shutdown",
    );
    expect(found).toMatchObject({ verdict: "too few events" });
    expect(found?.says).toMatch(/too few to judge; it would take about \d+ such days/);
  });

  test("allowed rallies are a question of their own, and their days are no ordinary days", () => {
    const allowed = [10, 50, 90].map((day) => rally(day, { sanctioned: "sanctioned" }));
    const found = associate({ incidents: [shutdown(at(3))], events: [...RALLIES, ...allowed], watched, offsetOf });
    const asked = testsOf(found).filter(({ incidentKind, scope }) => incidentKind === "shutdown" && scope === "all");
    expect(asked.map(({ sanctioned, eventDays, ordinaryDays }) => ({ sanctioned, eventDays, ordinaryDays }))).toEqual([
      { sanctioned: "sanctioned", eventDays: 3, ordinaryDays: 342 },
      { sanctioned: "unsanctioned", eventDays: 20, ordinaryDays: 342 },
    ]);
  });

  test("powers are near those simulated in other ways", () => {
    // Simulated with 365 days, base 0.02 a day, ratio 9: 0.19, 0.47, 0.70.
    expect(
      [4, 8, 15].map((count) => Math.abs(powerOf(count, 0.02) - { 4: 0.19, 8: 0.47, 15: 0.7 }[count as 4]) < 0.1),
    ).toEqual([true, true, true]);
  });
});

describe("an incident beside an event", () => {
  const overlaps = (incidents: Incident[], events: WorldEvent[]) =>
    associate({ incidents, events, watched, offsetOf }).filter((one) => one.type === "overlap");

  test("has a lag as sharp as both are known, and the base rate of ordinary days", () => {
    const incident = shutdown(at(3, 9.75), {
      start: { earliest: new Date(at(3, 9.75)).toISOString(), latest: new Date(at(3, 9.9)).toISOString() },
    });
    expect(overlaps([incident, shutdown(at(100))], [rally(3)])).toEqual([
      expect.objectContaining({
        event: "rally-3-KZ-75",
        lagMinutes: { earliest: 44, latest: 54 },
        ordinaryDays: 363,
        ordinaryDaysWith: 1,
        says: expect.stringMatching(
          /^Began 44 to 54 min after the start of a rally \(KZ-75\)\. A shutdown began on 1 of 363/,
        ),
      }),
    ]);
  });

  test("known to the day only has a lag as wide as the day", () => {
    const event = rally(3, { precision: "day", start: "2025-01-04T00:00:00.000Z", end: null });
    const [overlap] = overlaps([shutdown(at(3))], [event]);
    // The local day is 19:00 to 19:00 UTC; the shutdown began at 10:00 UTC.
    expect(overlap?.lagMinutes).toEqual({ earliest: -540, latest: 900 });
    expect(overlap?.says).toContain("between 540 min before and 900 min after");
  });

  test("of another city is not beside it; one of the whole country is", () => {
    expect(overlaps([shutdown(at(3))], [rally(3, { place: "KZ-71" })])).toEqual([]);
    expect(overlaps([shutdown(at(3))], [rally(3, { place: "KZ" })])).toHaveLength(1);
  });

  test("is one that began from six hours before to twelve after, no more", () => {
    const hours = [2.9, 3.1, 23.9, 24.2].map((hour) => overlaps([shutdown(at(3, hour))], [rally(3)]).length);
    expect(hours).toEqual([0, 1, 1, 0]);
  });
});

function distinct(events: readonly WorldEvent[]): WorldEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()];
}
