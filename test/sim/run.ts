import { createAnalysis } from "../../collector/analysis/analysis.ts";
import type { Knowledge } from "../../collector/analysis/knowledge.ts";
import { generate } from "./generate.ts";
import type { Scenario } from "./scenario.ts";
import type { Outcome } from "./score.ts";

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
