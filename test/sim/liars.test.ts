import fc from "fast-check";
import { expect, it } from "vitest";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { matchIncidents } from "./match.ts";
import { runScenario } from "./run.ts";
import type { Act, Lie, Scenario, Truth } from "./scenario.ts";
import { CITIES, HOUR, SITES, utc } from "./scenarios/places.ts";

const { knowledge } = loadCatalogue();
const FROM = utc("2024-09-16");
const TO = FROM + 30 * HOUR;
const TARGETS = [...SITES, "example.com", "no-such-site.invalid"];
const PROBES = CITIES.reduce((sum, { probes }) => sum + probes, 0);
/** A tenth of the fleet. */
const LIARS = Math.floor(PROBES / 10);

const BLOCK: Truth = {
  ...{ kind: "block", from: FROM + 10 * HOUR, to: FROM + 20 * HOUR, scope: {}, targets: ["meduza.io"] },
  cause: "ordered cut",
};
const truth: Act = { ...BLOCK, act: "block", method: "tls_drop" };

/** Any tenth of the probes, each lying in any way about any sites at any time. */
const lies = fc.uniqueArray(fc.nat(PROBES - 1), { minLength: LIARS, maxLength: LIARS }).chain((probes) =>
  fc.tuple(
    ...probes.map((probe) =>
      fc
        .record({
          how: fc.constantFrom<Lie>("false-block", "flood", "replay", "denial", "fiction"),
          targets: fc.subarray(SITES.slice(), { minLength: 1 }),
          from: fc.nat(20).map((hours) => FROM + hours * HOUR),
        })
        .map((lie): Act => ({ act: "lie", to: TO, scope: { probes: [probe] }, ...lie })),
    ),
  ),
);

it("whatever a tenth of the fleet tells, what is told is the block that is there and nothing else", () => {
  fc.assert(
    fc.property(lies, fc.nat(1000), (acts, seed) => {
      const about = "A block, and a tenth of the probes that lie.";
      const base = { name: "liars-property", about, from: FROM, to: TO, areas: CITIES, targets: TARGETS };
      const scenario: Scenario = { ...base, acts: [truth, ...acts], truths: [BLOCK] };
      const { incidents } = runScenario(scenario, knowledge, seed);
      const { matched, missed, doubles, false: extra } = matchIncidents(scenario.truths, incidents);
      expect({ missed, doubles, extra }).toEqual({ missed: [], doubles: [], extra: [] });
      expect(matched[0]?.incident).toMatchObject({ targets: ["meduza.io"], confidence: "confirmed" });
    }),
    { numRuns: 5, seed: 20240916, endOnFailure: true },
  );
}, 900_000);
