import { arch, release, type } from "node:os";
import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { COMMON_FLAGS, dataFolder, languageOf, positiveNumber } from "../config.ts";
import { storageError } from "../data-folder.ts";
import { openForReading } from "../journal/database.ts";
import { prepareRows } from "../journal/rows.ts";
import { loadMembership, rememberedLanguage } from "../membership/membership.ts";
import { happened } from "../results/happened.ts";
import { wordsOf } from "../words/words.ts";

const USAGE = "kuager probe logs [--last N] [--redact] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

What happened lately, in English and for technicians, to show to whoever helps: starts and stops, the line, rounds in
numbers. Holds no name of a site, no address, no name of a network, and not this probe's number.

  --last N     how many lines (default 100)
  --redact     as always: nothing else is ever printed
`;

const FLAGS = { ...COMMON_FLAGS, last: { type: "string" }, redact: { type: "boolean" } } as const;
const LAST = { usual: 100, most: 5000 };
/** Records looked through at most, the newest. */
const WINDOW = 20_000;

/** `kuager probe logs`: reads the journal only. Returns 0. Throws `usage`, `io`, `config`. */
export function runLogsCommand(argv: readonly string[], io: Io): number {
  const { values } = readArguments(argv, USAGE, FLAGS);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const last = Math.min(LAST.most, Math.ceil(positiveNumber("--last", values.last, LAST.usual)));
  io.out(`${SOFTWARE} on node ${process.version}, ${type()} ${release()} ${arch()}\n`);
  const lines = linesOf(folder).slice(-last);
  for (const line of lines) io.out(`${line}\n`);
  if (lines.length === 0 && loadMembership(folder) === null)
    io.out(`${wordsOf(languageOf(values.lang, io.env, rememberedLanguage(folder))).notJoined}\n`);
  return EXIT.ok;
}

function linesOf(folder: string): string[] {
  const database = openForReading(folder);
  if (database === null) return [];
  try {
    const rows = prepareRows(database);
    return happened([...rows.after(Math.max(0, rows.head().seq - WINDOW), WINDOW)].map(({ text }) => text));
  } catch (error) {
    throw storageError(error, folder);
  } finally {
    database.close();
  }
}
