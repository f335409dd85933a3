import { CodedError } from "../../../protocol/coded-error.ts";
import type { Io } from "../../../protocol/command-line.ts";
import { EXIT } from "../../../protocol/exit-code.ts";
import { type LineOutcome, runLines } from "./run-lines.ts";
import { LINES } from "./table.ts";

export type LinesWords = { only: string | null; json: boolean; keepData: string | null };

/** `kuager lab lines`. Returns 0 only if every line was named rightly and dated near enough. Throws `usage` when `--only` fits none. */
export async function runLinesCommand({ only, json, keepData }: LinesWords, io: Io): Promise<number> {
  const beganMs = performance.now();
  const lines = LINES.filter(({ name }) => only === null || name.includes(only));
  if (lines.length === 0) throw new CodedError("usage", `There is no line '${only}'.`);
  const say = (text: string) =>
    io.err(`[${((performance.now() - beganMs) / 1000).toFixed(1).padStart(6)} s] ${text}\n`);
  const outcomes = await runLines({ lines, keepData, say }, io.signal);
  const right = outcomes.filter((outcome) => outcome.right).length;
  const tookS = Math.round((performance.now() - beganMs) / 1000);
  if (json)
    io.out(`${JSON.stringify({ right, of: outcomes.length, tookS, outcomes: outcomes.map(jsonOf) }, null, 1)}\n`);
  else
    io.out(`${outcomes.map(textOf).join("")}${right} of ${outcomes.length} named and dated rightly, in ${tookS} s\n`);
  return right === outcomes.length ? EXIT.ok : EXIT.failed;
}

/** One line of the lab, on a few lines: what the journal must say, what it says, and how far its times are off. */
function textOf({ scenario, must, told, neighbour, right }: LineOutcome): string {
  const facts = must.map((fact, index) => {
    const says = told.says[index] ?? "nothing";
    return `  ${fact.endsWith(`: ${says}`) ? " " : "!"} must say  ${fact.padEnd(42)} says  ${says}`;
  });
  const beside =
    neighbour === null
      ? []
      : [
          `  ${neighbour ? " " : "!"} the other network's probe ${neighbour ? "saw nothing of it" : "saw something too"}`,
        ];
  const errors = `    start error ${seconds(told.startErrorS)}, end error ${seconds(told.endErrorS)}`;
  return [`${right ? " " : "!"} ${scenario.name}: ${scenario.title}`, ...facts, ...beside, errors, ""].join("\n");
}

function jsonOf({ scenario: { name, title }, ...outcome }: LineOutcome) {
  return { name, title, ...outcome };
}

function seconds(value: number | null): string {
  return value === null ? "none told" : `${value >= 0 ? "+" : ""}${value.toFixed(1)} s`;
}
