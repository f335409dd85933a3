import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { COMMON_FLAGS, dataFolder, languageOf } from "../config.ts";
import { removeFile, writeText } from "../data-folder.ts";
import { loadMembership, rememberedLanguage } from "../membership/membership.ts";
import { wordsOf } from "../words/words.ts";

/**
 * `kuager probe pause` and `resume`: leaves or removes a flag that the running probe sees within a second. While
 * paused nothing is measured and nothing sent. Returns 0. Throws `usage`, `config` when not joined, `cannot_write`.
 */
export function runPauseCommand(command: "pause" | "resume", argv: readonly string[], io: Io): number {
  const usage = `kuager probe ${command} [--json] [--data DIR] [--lang kk|ru|en]`;
  const { values } = readArguments(argv, usage, { ...COMMON_FLAGS, json: { type: "boolean" } });
  const paused = command === "pause";
  if (values.help) {
    io.out(
      `Usage: ${usage}\n\n${paused ? "Stops measuring and sending until 'kuager probe resume'." : "Ends a pause."}\n`,
    );
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  if (loadMembership(folder) === null)
    throw new CodedError("config", `This probe has not joined (${folder}). Use: kuager probe join CODE`);
  if (paused) writeText(folder, "paused", "");
  else removeFile(folder, "paused");
  const words = wordsOf(languageOf(values.lang, io.env, rememberedLanguage(folder)));
  io.out(values.json ? `${JSON.stringify({ paused })}\n` : `${paused ? words.pausedNow : words.resumedNow}\n`);
  return EXIT.ok;
}
