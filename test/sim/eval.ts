import { parseArgs } from "node:util";
import { loadCatalogue } from "../../collector/catalogue.ts";
import { rowsOf } from "./goals.ts";
import { runScenario } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import { addOutcome, emptyScore, type Score } from "./score.ts";
import { suiteOf } from "./sets.ts";
import { causesOf, tableOf } from "./table.ts";

const HELP = `npm run eval -- [--seed N] [--only NAME] [--quick] [--json]

Runs detection over simulated fleets of which the truth is known, and scores it. Ends with 1 when a goal is missed.
--only runs the scenarios whose name begins so.
`;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) process.stdout.write(HELP);
else evaluate(Number(values.seed));

function evaluate(seed: number): void {
  const { knowledge, list } = loadCatalogue();
  const web = list.targets.filter(({ kind, url }) => kind === "web" && url.startsWith("https:"));
  const suite = suiteOf(
    values.quick,
    seed,
    web.map(({ id }) => id),
  );
  const run = (scenarios: readonly Scenario[]): Score => {
    const score = emptyScore();
    for (const scenario of scenarios) {
      if (values.only !== undefined && !scenario.name.startsWith(values.only)) continue;
      const outcome = runScenario(scenario, knowledge, seed);
      const seconds = (outcome.tookMs / 1000).toFixed(1);
      process.stderr.write(
        `${scenario.name}: ${outcome.items} items, ${seconds} s, ${outcome.incidents.length} incidents\n`,
      );
      addOutcome(score, outcome);
    }
    return score;
  };
  const [score, requested] = [run(suite.scenarios), run(suite.requested)];
  const rows = rowsOf(score, requested);
  const missed = rows.filter(({ met }) => met === false);
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ rows, causes: plain(score), notes: [...score.notes, ...requested.notes] })}\n`,
    );
  else
    process.stdout.write(
      `${tableOf(rows)}\n\n${causesOf(score)}\n\n${[...score.notes, ...requested.notes].join("\n")}\n`,
    );
  process.exitCode = missed.length > 0 ? 1 : 0;
}

function plain({ causes }: Score): Record<string, Record<string, number>> {
  return Object.fromEntries([...causes].map(([cause, told]) => [cause, Object.fromEntries(told)]));
}
