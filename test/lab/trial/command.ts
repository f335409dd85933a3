import type { Io } from "../../../protocol/command-line.ts";
import { EXIT } from "../../../protocol/exit-code.ts";
import { type Trial, tryActs } from "./try-acts.ts";

export type TrialWords = { json: boolean; keepData: string | null };

/** `kuager lab acts`. Returns 0 only if every act changed something, broke nothing and left nothing. */
export async function runTrialCommand({ json, keepData }: TrialWords, io: Io): Promise<number> {
  const beganMs = performance.now();
  const say = (text: string) => io.err(`${text}\n`);
  const tell = (trial: Trial) => (json ? io.err : io.out)(textOf(trial));
  const trials = await tryActs({ keepData, say, tell }, io.signal);
  const right = trials.filter(isRight).length;
  const tookS = Math.round((performance.now() - beganMs) / 1000);
  if (json) io.out(`${JSON.stringify({ right, of: trials.length, tookS, trials }, null, 1)}\n`);
  else io.out(`${right} of ${trials.length} begin, end and leave nothing, in ${tookS} s\n`);
  return right === trials.length ? EXIT.ok : EXIT.failed;
}

function isRight({ did, left, problem }: Trial): boolean {
  return did && left.length === 0 && problem === null;
}

function textOf(trial: Trial): string {
  const { scenario, title, did, left, problem } = trial;
  const faults = [
    ...(problem === null ? [] : [`breaks: ${problem}`]),
    ...(did || problem !== null ? [] : ["changes nothing"]),
    ...left.map((line) => `leaves ${line}`),
  ];
  return [`${isRight(trial) ? " " : "!"} ${scenario}: ${title}`, ...faults.map((fault) => `    ${fault}`), ""].join(
    "\n",
  );
}
