import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { removeLeftovers } from "./net/run-prefix.ts";
import { demoJson } from "./report/json.ts";
import { demoText } from "./report/table.ts";
import { type DemoResult, runDemo } from "./run-demo.ts";
import { scenarios } from "./scenarios/index.ts";
import type { Scenario } from "./scenarios/scenario.ts";

const USAGE =
  "kuager lab SCENARIO [--quick] [--json] [--keep-data DIR] [--stay] | kuager lab matrix [--only NAME] [--json] [--keep-data DIR] | kuager lab lines [--only NAME] [--json] [--keep-data DIR] | kuager lab acts [--json] [--keep-data DIR] | kuager lab list | kuager lab clean";
const HELP = `Usage: kuager lab demo [--quick] [--json] [--keep-data DIR] [--stay]
       kuager lab SCENARIO [--json] [--keep-data DIR] [--stay]
       kuager lab matrix [--only NAME] [--json] [--keep-data DIR]
       kuager lab lines [--only NAME] [--json] [--keep-data DIR]
       kuager lab acts [--json] [--keep-data DIR]
       kuager lab list | clean

Kazakhstan in a box: two cities, three networks, eight probes, control probes abroad, a collector, resolvers and sites,
as the same programs on real packets in network namespaces of this machine. Needs Linux, root, iproute2, nftables,
iptables and unbound. Nothing leaves this machine, and everything made is removed at the end.

  demo          blocks two sites and cuts off a city, then prints what was found beside what was done;
                exit code 0 only if everything was found as it was done, and nothing else
  SCENARIO      the same with another script: ${scenarios(true)
    .slice(1)
    .map(({ name }) => name)
    .join(", ")}
  matrix        interferes in every way there is, one after the other, measures, and prints the verdict expected and the
                one got; exit code 0 only if all are as expected
  lines         does to thirteen lines what can happen to a line, and prints what the probe's journal must say of it and
                what it says; exit code 0 only if each is named rightly, with start and end within 20 seconds
  acts          begins and ends every act of every scenario in one lab, without waiting for anything to be found; exit
                code 0 only if each changes something and leaves nothing
  list          every scenario with its acts and their times
  clean         removes what a run left that was killed before it could clean up

  --quick       a shorter demo (about three minutes instead of six)
  --only NAME   only the cases of the matrix with NAME in their name or act, or the lines with NAME in theirs
  --json        the result as JSON on standard output
  --keep-data DIR   keeps databases, journals and logs in DIR
  --stay            keeps the lab up after the end until Ctrl-C, so that the page can be looked at
`;

/** `kuager lab …`. Returns the exit code; throws `usage`, `unavailable`, `cannot_write` or `failed`. */
export async function runLabCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(
    argv,
    USAGE,
    {
      quick: { type: "boolean" },
      stay: { type: "boolean" },
      json: { type: "boolean" },
      only: { type: "string" },
      help: { type: "boolean" },
      "keep-data": { type: "string" },
    },
    { min: 0, max: 1 },
  );
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  switch (words[0]) {
    case "matrix":
      return orStopped(io, async () => {
        const { runMatrixCommand } = await import("./matrix/command.ts");
        const words = { only: values.only ?? null, json: values.json ?? false, keepData: values["keep-data"] ?? null };
        return runMatrixCommand(words, io);
      });
    case "lines":
      return orStopped(io, async () => {
        const { runLinesCommand } = await import("./lines/command.ts");
        const words = { only: values.only ?? null, json: values.json ?? false, keepData: values["keep-data"] ?? null };
        return runLinesCommand(words, io);
      });
    case "acts":
      return orStopped(io, async () => {
        const { runTrialCommand } = await import("./trial/command.ts");
        return runTrialCommand({ json: values.json ?? false, keepData: values["keep-data"] ?? null }, io);
      });
    case "clean": {
      const removed = await removeLeftovers();
      io.out(removed.length === 0 ? "Nothing was left.\n" : `Removed: ${removed.join(", ")}\n`);
      return EXIT.ok;
    }
    case "list":
      for (const { name, title, acts } of scenarios(values.quick ?? false))
        io.out(`${name}: ${title}\n${acts.map((act) => `  ${act.fromS}-${act.toS} s  ${act.title}\n`).join("")}`);
      return EXIT.ok;
    case undefined:
      throw usageError("A scenario is missing", USAGE);
    default: {
      const scenario = scenarios(values.quick ?? false).find(({ name }) => name === words[0]);
      if (scenario === undefined) throw usageError(`There is no scenario '${words[0]}'`, USAGE);
      const { stay = false, json = false } = values;
      return runScenarioCommand({ scenario, stay, json, keepData: values["keep-data"] ?? null }, io);
    }
  }
}

type ScenarioWords = { scenario: Scenario; stay: boolean; json: boolean; keepData: string | null };

async function runScenarioCommand({ scenario, stay, json, keepData }: ScenarioWords, io: Io): Promise<number> {
  const beganMs = performance.now();
  const say = (text: string) =>
    io.err(`[${((performance.now() - beganMs) / 1000).toFixed(1).padStart(6)} s] ${text}\n`);
  const tell = (result: DemoResult) =>
    io.out(json ? `${JSON.stringify(demoJson(result), null, 2)}\n` : demoText(result));
  return orStopped(io, async () => {
    const { right } = await runDemo({ scenario, keepData, stay, say }, tell, io.signal);
    return right ? EXIT.ok : EXIT.failed;
  });
}

/** Runs to the end, or says that it was stopped. */
async function orStopped(io: Io, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!io.signal.aborted) throw error;
    io.err("Stopped before the end; everything made was removed.\n");
    return EXIT.failed;
  }
}
