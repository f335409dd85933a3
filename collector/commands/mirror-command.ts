import pino from "pino";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { RULES_VERSION } from "../analysis/rules/table.ts";
import { createServer } from "../api/server.ts";
import { openThreshold } from "../api/threshold.ts";
import type { Pages } from "../api/types.ts";
import { openShelf } from "../bundles/open-shelf.ts";
import { loadCatalogue } from "../catalogue.ts";
import { DATA_OPTION, readConfig } from "../config.ts";
import { makeReader } from "../make-reader.ts";
import { checkMirror } from "../mirror/check.ts";
import { type Made, makeMirror } from "../mirror/mirror.ts";
import { rememberingStore } from "../mirror/remembering-store.ts";
import { openExistingStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { tellMirror } from "./progress.ts";

const USAGE =
  "kuager collector mirror DIR [--base URL] [--max-files N] [--max-mb N] [--data DIR] [--targets DIR] [--json] | mirror --check DIR";

const HELP = `${USAGE}

Writes the reading site into DIR as plain files, for any web server, a flash drive or a folder: pages in three languages,
styles, pictures, feeds, tables as CSV and JSON, evidence bundles that exist, and the log with its signed head. Pages need no
script and no server. DIR is replaced only when all is written; files that say the same as before stay as they are.

  --base URL       where the copy will be; without it, cards for messengers and the sitemap have no whole addresses
  --public-url URL the site's own address, which pictures and citations print (else KUAGER_COLLECTOR_PUBLIC_URL, else --base)
  --max-files N    most files (default 50000)
  --max-mb N       most megabytes (default 2000); what is needed least is left out first
  --check          check the copy in DIR instead: every file, and the log against its signed head
  --data DIR       the collector's folder
  --targets DIR    data files that replace the project's own
  --json           what was made or found, as JSON
`;

const OPTIONS = {
  ...DATA_OPTION,
  base: { type: "string" },
  "public-url": { type: "string" },
  "max-files": { type: "string" },
  "max-mb": { type: "string" },
  check: { type: "boolean" },
  targets: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const ANSWER_BYTES = 64_000_000;
/** A probe counts as connected until it missed three beats of the usual length. */
const SILENT_MS = 90_000;

/**
 * `kuager collector mirror`: exit code 0, or 1 where a check found what does not hold. Errors: `usage`, `config` where there
 * is no collector, `cannot_write`, `try_later`, `bad_input` (`--check` of no mirror), those of the store.
 */
export async function runMirror(argv: readonly string[], io: Io, pages: Pages): Promise<number> {
  const isHelp = argv.includes("--help") || argv.includes("-h");
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: isHelp ? 0 : 1, max: 1 });
  const [folder] = words;
  if (isHelp || folder === undefined) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (values.check === true) return check(folder, io, values.json === true);
  const bounds = {
    files: wholeNumber(values["max-files"] ?? "50000", "--max-files"),
    bytes: wholeNumber(values["max-mb"] ?? "2000", "--max-mb") * 1_000_000,
    answerBytes: ANSWER_BYTES,
  };
  const base = values.base === undefined ? null : addressOf(values.base);
  const flags = { data: values.data, targets: values.targets, "public-url": values["public-url"] };
  const config = readConfig(flags, io.env);
  const log = pino({ level: "silent" });
  const store = await openExistingStore(config.data);
  const bundles = openShelf(config, log, async () => "");
  try {
    const threshold = await openThreshold(store.state);
    const at = Math.floor(Date.now() / 1000) * 1000;
    const present = await presentAt(store, at);
    const made = await makeReader({
      ...{ store: rememberingStore(store), catalogue: loadCatalogue(values.targets), present: () => present },
      ...{ publicUrl: config.publicUrl ?? base?.replace(/\/$/, "") ?? "" },
      ...{ bundles: { ...bundles, order: () => false }, threshold },
      rulesVersion: () => RULES_VERSION,
    });
    // One moment for all pages: they are of one piece, and tell the same.
    const reader = { ...made, now: () => at };
    const app = await createServer({ reader, intake: null, pages, release: null, log, questionsAMinute: 1_000_000 });
    try {
      const parts = { reader, app, pages, folder, base, bounds, signal: io.signal };
      tell(await makeMirror({ ...parts, onProgress: tellMirror(io) }), folder, io, values.json);
      return EXIT.ok;
    } finally {
      await app.close();
    }
  } finally {
    await bundles.close();
    await store.close();
  }
}

function tell(made: Made, folder: string, io: Io, asJson: boolean | undefined): void {
  if (asJson === true) {
    io.out(`${JSON.stringify(made)}\n`);
    return;
  }
  const megabytes = (made.bytes / 1_000_000).toFixed(1);
  io.out(`${folder}: ${made.files} files, ${megabytes} MB, ${made.unchanged} of them as they were.\n`);
  if (made.noRoom > 0) io.err(`${made.noRoom} addresses found no room: see --max-files and --max-mb.\n`);
  if (made.tooLarge > 0) io.err(`${made.tooLarge} files are too large for a copy and were left out.\n`);
  if (made.logSize === null) io.err("The log is not in it: there is no signed head, or no room for its tiles.\n");
}

async function check(folder: string, io: Io, asJson: boolean): Promise<number> {
  const checked = await checkMirror(folder);
  const holds = checked.faults.length === 0;
  if (asJson) io.out(`${JSON.stringify(checked)}\n`);
  else {
    for (const fault of checked.faults) io.err(`${fault}\n`);
    const log = checked.logSize === null ? "no log to check" : `log of ${checked.logSize} leaves`;
    io.out(holds ? `The copy is whole: ${checked.files} files, ${log}.\n` : "The copy is not as it was made.\n");
  }
  return holds ? EXIT.ok : EXIT.failed;
}

/** Ids of probes that beat lately, by what the collector stored of them. */
async function presentAt(store: Store, at: number): Promise<ReadonlySet<string>> {
  const rows = await store.presence.within({ from: at - SILENT_MS, to: at + 1 });
  return new Set(rows.map(({ probe }) => probe));
}

function wholeNumber(text: string, flag: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw usageError(`${flag}: expected a whole number from 1`, USAGE);
  return Number(text);
}

/** An address with a slash at its end, without what does not belong to a place. */
function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain =
    url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.search === "" && url.hash === "";
  if (!plain || url === null)
    throw usageError("--base: expected an address such as https://mirror.example.org/kuager", USAGE);
  return `${url.href.replace(/\/$/, "")}/`;
}
