import { describe, expect, it } from "vitest";
import { createControlShelf } from "../../../collector/analysis/control-shelf.ts";
import { SETTINGS } from "../../../collector/analysis/settings.ts";
import { T0 } from "./build.ts";

const CADENCE = 900_000;
type Facts = { measuredAt: number; restless: boolean; well: boolean };

/** Results of one control, a letter a round: w well, i ill. */
function shelf(results: string, order = [...results].map((_, index) => index)) {
  const shelved = createControlShelf<Facts>(SETTINGS, ({ well }) => well);
  for (const index of order) {
    const measuredAt = T0 + index * CADENCE;
    shelved.put("orda.kz", "x", { measuredAt, restless: false, well: results[index] === "w" }, measuredAt);
  }
  return shelved;
}

describe("results of controls", () => {
  it("the nearest before and after a moment count, within a round", () => {
    const around = (minute: number) =>
      shelf("www")
        .around("orda.kz", T0 + minute * 60_000, CADENCE)
        .map(({ measuredAt }) => (measuredAt - T0) / CADENCE);
    expect(around(20)).toEqual([1, 2]);
    expect(around(30)).toEqual([2]);
    expect(around(100)).toEqual([]);
    expect(shelf("w").around("vlast.kz", T0, CADENCE)).toEqual([]);
  });

  it("a site that comes and goes is restless, one that fell or rose once, or failed once, is not", () => {
    const restless = (results: string) =>
      shelf(results)
        .around("orda.kz", T0 + (results.length - 1) * CADENCE - 1, CADENCE)
        .every((one) => one.restless);
    expect(["wiwiwi", "wwiwiw", "wwiiww", "wwwiii", "wwwwiw", "wwwwww"].map(restless)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("what happened long before is forgotten", () => {
    const results = `wiwi${"w".repeat(SETTINGS.restlessMemory)}`;
    const [one] = shelf(results).around("orda.kz", T0 + (results.length - 1) * CADENCE, CADENCE);
    expect(one?.restless).toBe(false);
  });

  it("a journal that comes late is put in its place", () => {
    const facts = shelf("www", [0, 2, 1]).around("orda.kz", T0 + CADENCE, CADENCE);
    expect(facts.map(({ measuredAt }) => (measuredAt - T0) / CADENCE)).toEqual([1, 2]);
  });

  it("controls that were not heard for long are not waited for", () => {
    const shelved = shelf("ww");
    const last = T0 + CADENCE;
    expect(shelved.allHeard("orda.kz", last - 1, CADENCE, last)).toBe(true);
    expect(shelved.allHeard("orda.kz", last + CADENCE / 15, CADENCE, last)).toBe(false);
    expect(shelved.allHeard("orda.kz", last - 1, CADENCE, last + 10 * CADENCE)).toBe(false);
    expect(shelved.allHeard("vlast.kz", T0, CADENCE, T0)).toBe(false);
  });
});
