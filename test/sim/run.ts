import { createAnalysis } from "../../collector/analysis/analysis.ts";
import type { Knowledge } from "../../collector/analysis/knowledge.ts";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { generate } from "./generate.ts";
import type { Scenario } from "./scenario.ts";
import { addOutcome, emptyScore, type Outcome, type Score } from "./score.ts";
import { suiteOf } from "./sets.ts";

/** Generates a scenario and runs the real analysis over it, item by item, to the end of its time. */
export function runScenario(scenario: Scenario, knowledge: Knowledge, seed: number): Outcome {
  const analysis = createAnalysis(knowledge);
  const begun = performance.now();
  let items = 0;
  for (const item of generate(scenario, knowledge.targets, seed)) {
    analysis.apply(item);
    if (++items % 1000 === 0) analysis.takeVerdicts();
  }
  analysis.apply({ type: "tick", at: scenario.to });
  return { scenario, seed, incidents: analysis.incidents(), items, tookMs: performance.now() - begun };
}

/** Runs a suite over the project's own lists; `only` takes the scenarios whose name begins so. Tells each as it ends. */
export function runSuite(
  { quick, seed, only }: { quick: boolean; seed: number; only: string },
  told: (outcome: Outcome) => void = () => undefined,
): { score: Score; requested: Score } {
  const { knowledge, list } = loadCatalogue();
  const web = list.targets.filter(({ kind, url }) => kind === "web" && url.startsWith("https:"));
  const suite = suiteOf(
    quick,
    seed,
    web.map(({ id }) => id),
  );
  const run = (scenarios: readonly Scenario[]): Score => {
    const score = emptyScore();
    for (const scenario of scenarios.filter(({ name }) => name.startsWith(only))) {
      const outcome = runScenario(scenario, knowledge, seed);
      told(outcome);
      addOutcome(score, outcome);
    }
    return score;
  };
  return { score: run(suite.scenarios), requested: run(suite.requested) };
}
