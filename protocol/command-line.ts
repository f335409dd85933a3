import { parseArgs } from "node:util";
import { CodedError } from "./coded-error.ts";

/** What a command may touch of the terminal; tests hand in their own. Results go to `out`, all else to `err`. */
export type Io = {
  out: (text: string) => void;
  err: (text: string) => void;
  /** Asks a question and returns the typed line; null when nobody can answer (no terminal). */
  ask: (question: string) => Promise<string | null>;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody reads `err` at a terminal; left out where nobody does. */
  isTerminal?: boolean;
  /** Ends when the process is asked to stop (SIGTERM, SIGINT). */
  signal: AbortSignal;
};

/** Flags of a command: their type, and whether they may be repeated. */
export type Options = Readonly<Record<string, { type: "string" | "boolean"; multiple?: boolean; short?: string }>>;

/** Values of flags, by name: text, a list of texts where the flag may be repeated, or true. */
export type Values<O extends Options> = {
  [K in keyof O]?: O[K] extends { type: "boolean" } ? boolean : O[K] extends { multiple: true } ? string[] : string;
};

/**
 * Reads the words after a command. Throws `usage` (exit code 2) for an unknown flag, a missing value, or more plain
 * words than `words` allows; the message ends with the command's own usage line.
 */
export function readArguments<const O extends Options>(
  argv: readonly string[],
  usage: string,
  options: O,
  words: { min: number; max: number } = { min: 0, max: 0 },
): { values: Values<O>; words: string[] } {
  const { values, positionals } = parse(argv, usage, options);
  if (positionals.length < words.min) throw usageError("Something is missing", usage);
  if (positionals.length > words.max) throw usageError(`Unexpected argument '${positionals[words.max]}'`, usage);
  // parseArgs in strict mode has checked every value against `options`.
  return { values: values as Values<O>, words: positionals };
}

function parse(argv: readonly string[], usage: string, options: Options) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(flagProblem(error instanceof Error ? error.message : String(error)), usage);
  }
}

/** What Node says of a flag, in plain words. */
function flagProblem(text: string): string {
  const [, flag] = /'(?:-\w, )?(-[^' ]+)/.exec(text) ?? [];
  if (flag === undefined) return text.split(". ")[0] ?? text;
  if (/argument missing/.test(text)) return `${flag} needs a value after it`;
  if (/does not take an argument/.test(text)) return `${flag} takes no value`;
  if (/ambiguous/.test(text)) return `The value after ${flag} looks like a flag. Write ${flag}=VALUE`;
  return text.split(". ")[0] ?? text;
}

/** An error that ends a command with exit code 2 and its usage line. */
export function usageError(problem: string, usage: string): CodedError {
  return new CodedError("usage", `${problem.replace(/\.$/, "")}.\nUsage: ${usage}`);
}
