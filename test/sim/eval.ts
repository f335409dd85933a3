import { parseArgs } from "node:util";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { runScenario } from "./run.ts";
import { NATIONAL_CUT, ONE_BLOCK, QUIET_WEEK } from "./scenarios/basic.ts";
import { addOutcome, emptyScore } from "./score.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    only: { type: "string" },
    json: { type: "boolean" },
    quick: { type: "boolean" },
  },
});
const { knowledge } = loadCatalogue();
const score = emptyScore();
for (const scenario of [NATIONAL_CUT, ONE_BLOCK, QUIET_WEEK]) {
  if (values.only !== undefined && values.only !== scenario.name) continue;
  const outcome = runScenario(scenario, knowledge, Number(values.seed ?? 1));
  process.stderr.write(
    `${scenario.name}: ${outcome.items} items in ${Math.round(outcome.tookMs)} ms, ${outcome.incidents.length} incidents\n`,
  );
  addOutcome(score, outcome);
}
process.stdout.write(
  `${JSON.stringify(score, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value), 1)}\n`,
);
