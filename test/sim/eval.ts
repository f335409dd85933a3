import { parseArgs } from "node:util";
import { rowsOf } from "./goals.ts";
import { quietFleet, quietYears } from "./quiet-years.ts";
import { runSuite } from "./run.ts";
import type { Score } from "./score.ts";
import { causesOf, tableOf } from "./table.ts";

const HELP = `npm run eval -- [--seed N] [--only NAME] [--quick] [--json]
                  [--quiet-years N] [--quiet-fleet DAYS]

Runs detection over simulated fleets of which the truth is known, and scores it. Ends with 1 when a goal is missed.
--only runs the scenarios whose name begins so. --quiet-years counts false alarms in N years of single cells that
nothing blocks, and runs nothing else; --quiet-fleet does so for a whole fleet, shutdowns included.
`;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
    "quiet-years": { type: "string" },
    "quiet-fleet": { type: "string" },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const { "quiet-years": quiet, "quiet-fleet": fleetDays } = values;
const say = (line: string) => void process.stdout.write(`${line}\n`);
if (values.help) process.stdout.write(HELP);
else if (quiet !== undefined) quietYears(Number(quiet), Number(values.seed), say);
else if (fleetDays !== undefined) quietFleet(Number(fleetDays), Number(values.seed), say);
else evaluate(Number(values.seed));

function evaluate(seed: number): void {
  const { quick, only } = values;
  const { score, requested } = runSuite({ quick, seed, only: only ?? "" }, ({ scenario, items, tookMs, incidents }) => {
    const seconds = (tookMs / 1000).toFixed(1);
    process.stderr.write(`${scenario.name}: ${items} items, ${seconds} s, ${incidents.length} incidents\n`);
  });
  process.stderr.write(`${(process.cpuUsage().user / 1e6).toFixed(0)} s of one core\n`);
  const rows = rowsOf(score, requested);
  const notes = [...score.notes, ...requested.notes];
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ rows, causes: plain(score), notes })}\n`
      : `${tableOf(rows)}\n\n${causesOf(score)}\n\n${notes.join("\n")}\n`,
  );
  process.exitCode = rows.some(({ met }) => met === false) ? 1 : 0;
}

function plain({ causes }: Score): Record<string, Record<string, number>> {
  return Object.fromEntries([...causes].map(([cause, told]) => [cause, Object.fromEntries(told)]));
}
