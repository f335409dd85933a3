import { CodedError } from "../protocol/coded-error.ts";
import type { Io } from "../protocol/command-line.ts";
import { EXIT } from "../protocol/exit-code.ts";
import { SOFTWARE } from "../protocol/software.ts";

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

/** Runs one command of the process and sets its exit code; errors of ours become a sentence, all others a fault. */
export async function main(dispatch: (argv: string[], io: Io) => Promise<number>): Promise<void> {
  const io = terminal();
  try {
    const argv = process.argv.slice(2);
    if (argv[0] === "--version") io.out(`${SOFTWARE}\n`);
    else process.exitCode = await dispatch(argv, io);
  } catch (error) {
    process.exitCode = report(error, io);
  }
}

function report(error: unknown, io: Io): number {
  const known = error instanceof CodedError ? EXIT_OF_CODE[error.code] : undefined;
  if (error instanceof CodedError && known !== undefined) {
    io.err(`kuager: ${error.message}\n`);
    return known;
  }
  io.err(`kuager: a fault of ours, please report it: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.fault;
}

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
    ask: (question) => ask(question, stop.signal),
    env: process.env,
    isTerminal: process.stderr.isTTY === true,
    signal: stop.signal,
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  // Only for who is asked: it brings much along.
  const { createInterface } = await import("node:readline/promises");
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await line.question(question, { signal });
  } catch (error) {
    // The end of the input (Ctrl+D), or a wish to stop, is an answer and no fault.
    if (error instanceof Error && error.name === "AbortError")
      throw new CodedError("failed", "Stopped at a question. Begin again when you like.");
    throw error;
  } finally {
    line.close();
  }
}
