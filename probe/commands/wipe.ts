import { existsSync } from "node:fs";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { COMMON_FLAGS, dataFolder, languageOf } from "../config.ts";
import { meansYes } from "../consent/text.ts";
import { writeText } from "../data-folder.ts";
import { eraseAll } from "../erase.ts";
import { isRunning, waitForLock } from "../journal/lock.ts";
import { rememberedLanguage } from "../membership/membership.ts";
import { fill, wordsOf } from "../words/words.ts";

const USAGE = "kuager probe wipe [--yes] [--json] [--data DIR] [--lang kk|ru|en]";

/** Time for a running probe to let its files go; whatever it does, they are erased after that. */
const RUNNING_MS = 5000;

/**
 * `kuager probe wipe`: erases everything of ours in the data folder, without a word to anybody; one question, none with
 * `--yes`. Returns 0, or 1 when the answer was no. Throws `usage` when nobody can be asked, `cannot_write` or `io`.
 */
export async function runWipeCommand(argv: readonly string[], io: Io): Promise<number> {
  const flags = { ...COMMON_FLAGS, json: { type: "boolean" }, yes: { type: "boolean" } } as const;
  const { values } = readArguments(argv, USAGE, flags);
  if (values.help) {
    io.out(
      `Usage: ${USAGE}\n\nErases the key, the journal and everything else that this probe keeps on this computer.\n`,
    );
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  if (!existsSync(folder)) {
    io.out(values.json ? `${JSON.stringify({ wiped: true, files: 0 })}\n` : nothingToWipe(folder, values.lang, io.env));
    return EXIT.ok;
  }
  const words = wordsOf(languageOf(values.lang, io.env, rememberedLanguage(folder)));
  const answer = values.yes ? "yes" : await io.ask(words.wipeQuestion);
  if (answer === null) throw usageError("Nobody can be asked here. To erase everything, add --yes", USAGE);
  if (!meansYes(answer)) {
    io.err(`${words.wipeCancelled}\n`);
    return EXIT.failed;
  }
  await endRunning(folder);
  const files = eraseAll(folder);
  io.out(values.json ? `${JSON.stringify({ wiped: true, files })}\n` : `${fill(words.wiped, { folder })}\n`);
  return EXIT.ok;
}

/** The language of joining went with the folder: where none is asked for, all three are spoken. */
function nothingToWipe(folder: string, lang: string | undefined, env: Io["env"]): string {
  const asked = lang ?? env.KUAGER_LANG;
  const languages = asked === undefined ? (["kk", "ru", "en"] as const) : [languageOf(lang, env)];
  return languages.map((language) => `${fill(wordsOf(language).nothingToWipe, { folder })}\n`).join("");
}

async function endRunning(folder: string): Promise<void> {
  if (!existsSync(folder) || !isRunning(folder)) return;
  writeText(folder, "stop", "wipe");
  (await waitForLock(folder, RUNNING_MS))?.close();
}
