import { describe, expect, it } from "vitest";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { matchIncidents } from "./match.ts";
import { runScenario } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import { CUTS } from "./scenarios/cuts.ts";
import { LIARS } from "./scenarios/liars.ts";
import { RIVALS } from "./scenarios/rivals.ts";
import { STORIES } from "./scenarios/stories.ts";
import { THROTTLES } from "./scenarios/throttles.ts";

const { knowledge } = loadCatalogue();
const GRADUAL = ["throttle-builds-up", "mobile-fades", "night-order"];
/** A machine that does much else still ends in this. */
const LIMIT_MS = 600_000;
/** Lead over all rivals from which a cause is told. */
const MARGIN = 3;

function outcomeOf(scenario: Scenario) {
  const { incidents } = runScenario(scenario, knowledge, 1);
  const { matched, missed, doubles, false: extra } = matchIncidents(scenario.truths, incidents);
  const causes = matched.map(
    ({
      truth,
      incident: {
        causes: [first, second],
      },
    }) => {
      const leads = first !== undefined && first.score - (second?.score ?? 0) >= MARGIN;
      return { true: truth.cause, told: leads ? first.cause : null, disputed: truth.disputed === true };
    },
  );
  return { causes, missed, doubles, extra };
}

describe.each([
  ["what looks alike", RIVALS],
  ["a tenth of the probes that lie", LIARS],
  ["what began together, or slowly", STORIES],
  ["what comes little by little, or at night", [...CUTS, ...THROTTLES].filter(({ name }) => GRADUAL.includes(name))],
])("%s", (_name, scenarios) => {
  it.each(scenarios.map((one) => [one.about, one] as const))(
    "%s",
    (_about, scenario) => {
      const { causes, ...rest } = outcomeOf(scenario);
      expect(rest).toEqual({ missed: [], doubles: [], extra: [] });
      for (const { told, disputed, ...truth } of causes) expect([null, disputed ? null : truth.true]).toContain(told);
    },
    LIMIT_MS,
  );
});

describe("causes that the records decide", () => {
  it.each([
    ["russian-names-together", "transit filter abroad"],
    ["russian-names-pass", "ordered cut"],
    ["capped-speed", "ordered cut"],
  ])("%s is consistent with %s", (name, cause) => {
    const scenario = RIVALS.find((one) => one.name === name);
    const causes = scenario === undefined ? [] : outcomeOf(scenario).causes;
    expect(causes.map(({ told }) => told)).toContain(cause);
  });
});
