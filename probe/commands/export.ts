import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { loadTargetList } from "../../targets/load.ts";
import { COMMON_FLAGS, dataFolder, languageOf } from "../config.ts";
import { numbersOf } from "../data-folder.ts";
import { type Identity, loadIdentity } from "../identity/identity.ts";
import { openForReading } from "../journal/database.ts";
import { prepareRows } from "../journal/rows.ts";
import { loadConfig, loadMembership } from "../membership/membership.ts";
import { exportFile } from "../uplink/export-file.ts";
import { continuation, savedSources } from "../uplink/heritage.ts";
import { fill, wordsOf } from "../words/words.ts";

const USAGE = "kuager probe export FILE|FOLDER [--all] [--plain] [--json] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

Writes the records that wait for delivery into a file, for a flash drive. Anybody may carry it and hand it in with
'kuager collector import'; only the collector that this probe joined can read it. Records that also arrive by other
ways are stored once.

  FOLDER      a file named records-….bin is made in it
  --all       all records still kept, delivered ones too
  --plain     not sealed: everybody who finds the file can read it
`;

const FLAGS = {
  ...COMMON_FLAGS,
  all: { type: "boolean" },
  plain: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/**
 * `kuager probe export`. Works while the probe runs. Returns 0, or 1 when nothing waits. Throws `usage`, `config` when
 * this folder has not joined, `failed` when no key to seal for is known, `cannot_write` or `io`.
 */
export async function runExportCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, words: given } = readArguments(argv, USAGE, FLAGS, { min: 0, max: 1 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [where] = given;
  if (where === undefined) throw usageError("FILE is missing", USAGE);
  const folder = dataFolder(values.data, io.env);
  const membership = loadMembership(folder);
  const identity = loadIdentity(folder);
  if (membership === null || identity === null)
    throw new CodedError("config", `This probe has not joined (${folder}). There is nothing to export.`);
  const words = wordsOf(languageOf(values.lang, io.env, membership.consent.language));
  const path = fileAt(where);
  const sealKey = values.plain ? null : knownSealKey(folder);
  const opened = openSources(folder, identity, values.all ?? false);
  try {
    const { sources, continuations } = opened;
    if (sources.every(({ rows, after }) => rows.head().seq <= after)) {
      io.err(`${words.nothingToExport}\n`);
      return EXIT.failed;
    }
    const exported = await exportFile({ sources, continuations, path, sealKey });
    const said = fill(words.exported, { count: exported.entries, path });
    io.out(values.json ? `${JSON.stringify({ ...exported, path, sealed: sealKey !== null })}\n` : `${said}\n`);
    return EXIT.ok;
  } finally {
    opened.close();
  }
}

/** What waits under the present key, and before it what was saved of journals under earlier ones. */
function openSources(folder: string, identity: Identity, all: boolean) {
  const database = openForReading(folder);
  const rows = database === null ? null : prepareRows(database);
  const note = (name: string) => rows?.note(name) ?? null;
  const earlier = savedSources(folder, { note });
  const numbers = numbersOf(folder, "identity");
  const continuations = numbers.flatMap((number) => continuation({ folder, identity }, number) ?? []);
  const after = all ? 0 : Number(note("acknowledged") ?? 0);
  return {
    sources: [...earlier.map(({ source }) => source), ...(rows === null ? [] : [{ rows, identity, after }])],
    continuations,
    close: () => {
      for (const { close } of earlier) close();
      database?.close();
    },
  };
}

/** A name that says nothing of us, in a folder; a file that is named must not exist. */
function fileAt(where: string): string {
  const path = resolve(where);
  if (existsSync(path) && statSync(path).isDirectory())
    return join(path, `records-${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}.bin`);
  if (!existsSync(path)) return path;
  throw new CodedError("cannot_write", `${path} exists already. Choose another name: it may hold earlier records.`);
}

function knownSealKey(folder: string): string {
  const key = loadConfig(folder, loadTargetList).sealKey;
  if (key !== undefined) return key;
  throw new CodedError(
    "failed",
    "The key of the collector is not known yet: it comes with the first contact. Add --plain to write a file that everybody can read.",
  );
}
