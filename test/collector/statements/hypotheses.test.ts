import { describe, expect, test } from "vitest";
import { isOf, windowOf } from "../../../collector/statements/beside.ts";
import { hypothesesOf } from "../../../collector/statements/hypotheses.ts";
import { PREDICTIONS } from "../../../collector/statements/predictions.ts";
import { CAUSES, type Incident } from "../../../protocol/incident.ts";
import { loadStatements } from "../../../targets/load.ts";
import { block } from "../publication/scene.ts";

const WELL = { min: 9, max: 12, expected: 12 };
const BLIND = { min: null, max: null, expected: 0 };
const cut = (verdict: "supported" | "contradicted" | "untestable", more: Partial<Incident> = {}) =>
  block("cut", 0, {
    ...{ kind: "shutdown", method: null, targets: [], asns: [9198], confidence: "confirmed" },
    causes: [{ cause: "power cut", score: 0, verdict, because: ["hosts kept running"] }],
    ...more,
  });
const power = { claim: "explains", cause: "power cut" } as const;

describe("an official explanation", () => {
  test.each(["supported", "contradicted", "untestable"] as const)(
    "is %s as the records of the incident say",
    (verdict) => {
      const [made, ...others] = hypothesesOf(power, { incidents: [cut(verdict)], watched: WELL, enough: 3 });
      expect(others).toEqual([]);
      expect(made).toMatchObject({ claim: "power cut", verdict, reason: "records" });
      expect(made?.grounds).toEqual([{ incident: "cut", verdict, because: ["hosts kept running"] }]);
      expect(made?.predictions.length).toBeGreaterThan(0);
    },
  );

  test("stays untestable where incidents speak for and against it, where none was found, and where nobody watched", () => {
    const both = [cut("supported"), cut("contradicted", { id: "other" })];
    expect(hypothesesOf(power, { incidents: both, watched: WELL, enough: 3 })).toMatchObject([
      { verdict: "untestable", reason: "mixed" },
    ]);
    expect(hypothesesOf(power, { incidents: [], watched: WELL, enough: 3 })).toMatchObject([
      { verdict: "untestable", reason: "no incident" },
    ]);
    expect(hypothesesOf(power, { incidents: [], watched: BLIND, enough: 3 })).toMatchObject([
      { verdict: "untestable", reason: "not watched" },
    ]);
  });

  test("does not gain by who says it", () => {
    const measured = { incidents: [cut("contradicted")], watched: WELL, enough: 3 };
    expect(hypothesesOf({ ...power, claim: "confirms" }, measured)).toEqual(hypothesesOf(power, measured));
  });
});

describe("a denial", () => {
  const denies = { claim: "denies", cause: null, denied: "disruption" } as const;
  test("of any disturbance is contradicted by an incident that is more than observed", () => {
    expect(hypothesesOf(denies, { incidents: [cut("supported")], watched: WELL, enough: 3 })).toMatchObject([
      { verdict: "contradicted" },
    ]);
    const weak = cut("supported", { confidence: "observed" });
    expect(hypothesesOf(denies, { incidents: [weak], watched: WELL, enough: 3 })).toMatchObject([
      { verdict: "untestable" },
    ]);
  });

  test("is consistent with the records only where enough probes watched", () => {
    expect(hypothesesOf(denies, { incidents: [], watched: WELL, enough: 3 })).toMatchObject([
      { verdict: "supported", reason: "watched" },
    ]);
    expect(hypothesesOf(denies, { incidents: [], watched: { ...WELL, min: 2 }, enough: 3 })).toMatchObject([
      { verdict: "untestable" },
    ]);
    expect(hypothesesOf(denies, { incidents: [], watched: BLIND, enough: 3 })).toMatchObject([
      { verdict: "untestable" },
    ]);
  });

  test("of an order is never judged: probes do not see who gave one", () => {
    const order = { ...denies, denied: "order" } as const;
    for (const incidents of [[], [cut("supported")]])
      expect(hypothesesOf(order, { incidents, watched: WELL, enough: 3 })).toMatchObject([
        { verdict: "untestable", reason: "not measured" },
      ]);
  });
});

describe("what a statement is held against", () => {
  const about = (id: string) => {
    const found = loadStatements().find((one) => one.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };
  test("is its place, networks and sites; one about sites is not held against a cut of everything", () => {
    const [astana, orda] = [about("2022-11-26-power"), about("2022-01-17-ministry-orda")];
    expect(isOf(astana, cut("supported", { regions: ["KZ-71"] }))).toBe(true);
    expect(isOf(astana, cut("supported", { regions: ["KZ-75"] }))).toBe(false);
    expect(isOf(astana, cut("supported", { regions: [] }))).toBe(true);
    expect(isOf(orda, block("b", 0))).toBe(true);
    expect(isOf(orda, block("b", 0, { targets: ["vlast.kz"] }))).toBe(false);
    expect(isOf(orda, cut("supported"))).toBe(false);
    expect(isOf(about("2022-01-04-kcell"), cut("supported", { asns: [9198] }))).toBe(false);
  });

  test("is the time it speaks of, or else the time at which it was made, as exactly as that is known", () => {
    const now = Date.parse("2026-11-28T00:00:00Z");
    const power = about("2022-11-26-power");
    expect(windowOf(power, now)).toEqual({
      from: Date.parse("2022-11-26T13:00:00Z"),
      to: Date.parse("2022-11-26T14:00:00Z"),
    });
    const day = { ...power, from: null, to: null };
    expect(windowOf(day, now)).toEqual({
      from: Date.parse("2022-11-26T00:00:00Z"),
      to: Date.parse("2022-11-27T00:00:00Z"),
    });
    expect(windowOf({ ...power, to: null }, now).to).toBe(Date.parse("2022-12-03T13:00:00Z"));
  });
});

test("every cause has predictions in three languages", () => {
  for (const cause of [...CAUSES, "no disruption", "no order"] as const)
    for (const names of PREDICTIONS[cause])
      for (const text of Object.values(names)) expect(text.length).toBeGreaterThan(10);
});
