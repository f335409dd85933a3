#!/usr/bin/env node
import { createInterface } from "node:readline/promises";
import { CodedError } from "../protocol/coded-error.ts";
import type { Io } from "../protocol/command-line.ts";
import { EXIT } from "../protocol/exit-code.ts";

const USAGE = `kuager: an eyewitness of internet shutdowns and website blocking in Kazakhstan.

  kuager probe join|run|status|measure …      the volunteer's side
  kuager collector serve|invite …             the side that collects and publishes
  kuager classify --measurement FILE …        the verdict of one measurement
  kuager lab demo                             the whole of it on real packets, in network namespaces (root)

Add --help to a command for its words.
`;

/** Commands load only what they need: the probe never loads the collector, nor the reverse. */
async function dispatch(argv: string[], io: Io): Promise<number> {
  const [program, ...rest] = argv;
  switch (program) {
    case "probe":
      return (await import("../probe/cli.ts")).runProbeCommand(rest, io);
    case "collector": {
      const [{ runCollectorCommand }, { pages }] = await Promise.all([
        import("../collector/cli.ts"),
        import("../dashboards/pages.ts"),
      ]);
      return runCollectorCommand(rest, io, pages);
    }
    case "classify":
      return (await import("../collector/classify-command.ts")).runClassifyCommand(rest, io);
    case "lab":
      return (await import("../test/lab/command.ts")).runLabCommand(rest, io);
    case undefined:
    case "help":
    case "--help":
      io.out(USAGE);
      return program === undefined ? EXIT.usage : EXIT.ok;
    default:
      io.err(`kuager has no command '${program}'.\n\n${USAGE}`);
      return EXIT.usage;
  }
}

const EXIT_OF_CODE: Readonly<Record<string, number>> = {
  usage: EXIT.usage,
  bad_input: EXIT.badInput,
  unavailable: EXIT.unavailable,
  cannot_write: EXIT.cannotWrite,
  io: EXIT.io,
  try_later: EXIT.tryLater,
  config: EXIT.config,
  failed: EXIT.failed,
};

function terminal(): Io {
  const stop = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stop.abort(name));
  // A reader that goes away (`kuager … | head`) is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? EXIT.ok : EXIT.io),
  );
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ask: async (question) => {
      if (!process.stdin.isTTY) return null;
      const line = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await line.question(question, { signal: stop.signal });
      } finally {
        line.close();
      }
    },
    env: process.env,
    signal: stop.signal,
  };
}

const io = terminal();
try {
  process.exitCode = await dispatch(process.argv.slice(2), io);
} catch (error) {
  const known = error instanceof CodedError ? EXIT_OF_CODE[error.code] : undefined;
  if (error instanceof CodedError && known !== undefined) {
    io.err(`kuager: ${error.message}\n`);
    process.exitCode = known;
  } else {
    io.err(`kuager: a fault of ours, please report it: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = EXIT.fault;
  }
}
