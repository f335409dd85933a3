import { CodedError } from "../../../protocol/coded-error.ts";
import type { Io } from "../../../protocol/command-line.ts";
import { EXIT } from "../../../protocol/exit-code.ts";
import type { Outcome } from "./run-case.ts";
import { runMatrix } from "./run-matrix.ts";
import { MATRIX } from "./table.ts";

export type MatrixWords = { only: string | null; json: boolean; keepData: string | null };

/** `kuager lab matrix`. Returns 0 only if every case was judged as expected. Throws `usage` when `--only` fits none. */
export async function runMatrixCommand({ only, json, keepData }: MatrixWords, io: Io): Promise<number> {
  const beganMs = performance.now();
  const wanted = only?.toLowerCase() ?? "";
  const cases = MATRIX.filter(({ name, act }) => `${name} ${act.title}`.toLowerCase().includes(wanted));
  if (cases.length === 0) throw new CodedError("usage", `No case of the matrix has '${only}' in its name.`);
  const say = (text: string) => io.err(`${text}\n`);
  const tell = (outcome: Outcome) => (json ? io.err : io.out)(lineOf(outcome));
  const outcomes = await runMatrix({ cases, keepData, say, tell }, io.signal);
  const right = outcomes.filter((outcome) => outcome.right).length;
  const tookS = Math.round((performance.now() - beganMs) / 1000);
  if (json)
    io.out(`${JSON.stringify({ right, cases: outcomes.length, tookS, outcomes: outcomes.map(jsonOf) }, null, 1)}\n`);
  else io.out(`${right} of ${outcomes.length} as expected, in ${tookS} s\n`);
  return right === outcomes.length ? EXIT.ok : EXIT.failed;
}

/** One case on one line: expected, and got. */
function lineOf({ name, manner, expected, got, right, tookMs }: Outcome): string {
  const seconds = `${(tookMs / 1000).toFixed(1).padStart(4)} s`;
  return `${right ? "  " : "! "}${seconds}  ${name}  [${manner}]  expected ${expected}  got ${got}\n`;
}

/** What was measured is told only where it was not judged as expected. */
function jsonOf({ seen, ...outcome }: Outcome) {
  return outcome.right ? outcome : { ...outcome, seen };
}
