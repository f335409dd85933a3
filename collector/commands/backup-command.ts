import { existsSync } from "node:fs";
import { join } from "node:path";
import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { backupTo, checkCopy } from "../store/backup.ts";

const USAGE = "kuager collector backup FILE [--check] [--json] [--data DIR]";

const HELP = `${USAGE}

Copies the whole database into FILE as it is at one moment, while the collector may go on serving, and reads the copy
back: every entry against the log, and the log against its signed head. The file holds the key of the log, what is known
of every probe and the keys of accounts: keep it as safe as the collector itself.

  --check   reads back a copy that is there, and makes none
  --json    print JSON

To restore, stop the collector and put FILE as collector.db into an empty folder; then serve from it.
`;

const OPTIONS = {
  ...DATA_OPTION,
  check: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** `kuager collector backup`. Errors: `usage`, `config` without a collector, `cannot_write`, `io`, `bad_input`. */
export async function runBackup(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: argv.includes("--help") ? 0 : 1, max: 1 });
  const [file] = words;
  if (values.help === true || file === undefined) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values, io.env);
  if (values.check !== true && !existsSync(join(folder, "collector.db")))
    throw new CodedError("config", `There is no collector in ${folder}. Name its folder with --data.`);
  const { entries, leaves, checkpoint } = values.check === true ? await checkCopy(file) : await backupTo(folder, file);
  if (values.json === true) io.out(`${JSON.stringify({ file, entries, leaves, checkpoint })}\n`);
  else
    io.out(
      `${file}: ${entries} entries, each as it stands in the log.\n\n${checkpoint ?? "No head of the log yet.\n"}`,
    );
  return EXIT.ok;
}
