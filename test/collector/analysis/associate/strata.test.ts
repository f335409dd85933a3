import { describe, expect, test } from "vitest";
import { associate } from "../../../../collector/analysis/associate/associate.ts";
import type { WorldEvent } from "../../../../protocol/event.ts";
import { about, at, offsetOf, rally, shutdown, watched } from "./year.ts";

/** 2025 began on a Wednesday: the first Saturday is the fourth day. */
const SATURDAYS = Array.from({ length: 52 }, (_, week) => 3 + 7 * week);
const everyEighteen = (first: number, kind: WorldEvent["kind"] = "rally") =>
  Array.from({ length: 20 }, (_, index) => {
    const day = first + index * 18;
    return rally(day, { kind, id: `${kind}-${day}` });
  });
const asked = (events: readonly WorldEvent[], days: readonly number[]) =>
  about(
    associate({ incidents: days.toSorted((a, b) => a - b).map((day) => shutdown(at(day))), events, watched, offsetOf }),
    "shutdown",
  );

describe("days alike", () => {
  test("rallies and shutdowns that are both of Saturdays say nothing of each other, though a fourfold table does", () => {
    const rallies = SATURDAYS.filter((_, week) => week % 3 === 0).map((day) => rally(day));
    const found = asked(rallies, SATURDAYS);
    expect(found).toMatchObject({ verdict: "not distinguishable", p: 1, eventDays: 18, eventDaysWith: 18 });
    expect(found?.fisherP).toBeLessThan(0.001);
    expect(found?.oddsInterval[0]).toBeGreaterThan(10);
  });

  test("shutdowns on those Saturdays only that had a rally, and on a few Mondays, are associated", () => {
    const days = SATURDAYS.filter((_, week) => week % 3 === 0);
    const rallies = days.map((day) => rally(day));
    const mondays = [12, 54, 96, 138, 180, 222];
    expect(asked(rallies, [...days, ...mondays])).toMatchObject({
      ...{ verdict: "associated", eventDays: 18, eventDaysWith: 18, ordinaryDaysWith: 6 },
    });
  });
});

describe("many questions at once", () => {
  test("the same small chance is believed of one kind of event, and not among six", () => {
    const others = Array.from({ length: 24 }, (_, index) => 9 + index * 15).filter((day) => (day - 3) % 18 !== 0);
    const days = [3, 21, 39, 57, 75, ...others];
    const alone = asked(everyEighteen(3), days);
    expect(alone).toMatchObject({ verdict: "associated", tests: 10, judged: 2 });
    expect(alone?.p).toBeLessThan(0.05);
    const kinds = (["picket", "election", "emergency", "official", "publication"] as const).flatMap((kind, index) =>
      everyEighteen(index + 4, kind),
    );
    const all = associate({
      incidents: days.toSorted((a, b) => a - b).map((day) => shutdown(at(day))),
      events: [...everyEighteen(3), ...kinds],
      watched,
      offsetOf,
    });
    const among = all.find(
      (one) =>
        one.type === "test" && one.eventKind === "rally" && one.incidentKind === "shutdown" && one.scope === "all",
    );
    expect(among).toMatchObject({ verdict: "not distinguishable", p: alone?.p, tests: 60 });
  });
});
