import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { COMMON_FLAGS, dataFolder, languageOf } from "../config.ts";
import { rememberedLanguage } from "../membership/membership.ts";
import { readStatus } from "../status/read.ts";
import { statusLines } from "../status/text.ts";

const USAGE = "kuager probe status [--json] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

How this probe stands: joined, running, its line, the last round, what waits for delivery, data left, what is measured.

  --json     the same as JSON
`;

/** `kuager probe status`: how the probe stands, from its data folder only; asks nobody. Returns 0. Throws `usage`, `io`, `config`. */
export async function runStatusCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, { ...COMMON_FLAGS, json: { type: "boolean" } });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const status = readStatus(folder);
  const language = languageOf(values.lang, io.env, rememberedLanguage(folder));
  io.out(values.json ? `${JSON.stringify(status)}\n` : `${statusLines(status, language, Date.now()).join("\n")}\n`);
  return EXIT.ok;
}
