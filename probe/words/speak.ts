import { CodedError } from "../../protocol/coded-error.ts";
import type { Io } from "../../protocol/command-line.ts";
import { dataFolder, type Language, languageOf } from "../config.ts";
import { rememberedLanguage } from "../membership/membership.ts";

/** The language of a command line, before it is read in earnest: `--lang`, the environment, the language of joining. */
export function languageAsked(argv: readonly string[], env: Io["env"]): Language {
  try {
    return languageOf(flag(argv, "lang"), env, rememberedLanguage(dataFolder(flag(argv, "data"), env)));
  } catch {
    return languageOf(undefined, env);
  }
}

/** What a flag of a command line says, before it is read in earnest; the last counts, as it does then. */
export function flag(argv: readonly string[], name: string): string | undefined {
  const said = argv.flatMap((word, at) => {
    if (word === `--${name}`) return argv[at + 1] ?? [];
    return word.startsWith(`--${name}=`) ? word.slice(name.length + 3) : [];
  });
  return said.at(-1);
}

/** Runs a command; what it refuses is told in the language asked for, where it has words for that. */
export async function inLanguage(argv: readonly string[], env: Io["env"], command: () => Promise<number>) {
  try {
    return await command();
  } catch (error) {
    const language = languageAsked(argv, env);
    if (!(error instanceof CodedError) || language === "en") throw error;
    throw new CodedError(error.code, await translated(error.message, language), { cause: error });
  }
}

async function translated(message: string, language: "kk" | "ru"): Promise<string> {
  const { translateRefusal } = await import("./refusals/translate.ts");
  const words = language === "kk" ? (await import("./refusals/kk.ts")).kk : (await import("./refusals/ru.ts")).ru;
  return translateRefusal(message, words);
}

/** Whether a command line asks for help. */
export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end < 0 ? argv : argv.slice(0, end)).includes("--help");
}

/** Prints a command's help in the language asked for; `english` prints it in English to the terminal it is given. */
export async function help(
  { command, argv, io }: { command: string; argv: readonly string[]; io: Io },
  english: (argv: readonly string[], io: Io) => Promise<number>,
): Promise<number> {
  const language = languageAsked(argv, io.env);
  // Of the words only those matter that choose among helps: measure has one for messengers.
  const words = argv.filter((word) => /^[a-z]+$/.test(word) && word !== flag(argv, "lang"));
  if (language === "en") return english([...words, "--help"], io);
  const parts: string[] = [];
  const code = await english([...words, "--help"], { ...io, out: (part) => void parts.push(part) });
  const { translateHelp } = await import("./help/translate.ts");
  const catalogue = language === "kk" ? (await import("./help/kk.ts")).kk : (await import("./help/ru.ts")).ru;
  io.out(translateHelp(parts.join(""), command, catalogue));
  return code;
}
