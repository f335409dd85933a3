import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { archiveLines } from "../archive-lines.ts";
import { loadCatalogue } from "../catalogue.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { ooniReports } from "../exchange/ooni/export-reports.ts";
import { openExistingStore } from "../store/open-store.ts";
import type { Window } from "../store/store.ts";
import { counting, createProgress } from "./progress.ts";

const USAGE =
  "kuager collector export [--format archive|ooni] [--from TIME] [--to TIME] [--out FILE[.gz]] [--data DIR] [--targets DIR]";

const HELP = `${USAGE}

Writes an archive: probes, targets, events, presences and every record received, one JSON object a line.
It holds the ids, region and network of single probes: give it only to people you trust with that.

  --format ooni       web measurements of witnesses as OONI web_connectivity reports instead
  --from, --to TIME   records received in this time only (2022-01-05T10:30:00Z, or a day)
  --out FILE          default: the terminal; a name that ends in .gz is compressed
`;

const OPTIONS = {
  ...DATA_OPTION,
  format: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  out: { type: "string" },
  targets: { type: "string" },
  help: { type: "boolean" },
} as const;

/** `kuager collector export`. Errors: `usage`, `cannot_write` or `io` for the file, the store's. */
export async function runExport(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, OPTIONS);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const { format = "archive" } = values;
  if (format !== "archive" && format !== "ooni") throw usageError(`There is no format '${format}'`, USAGE);
  const window: Window = { from: moment(values.from, 0), to: moment(values.to, Date.now()) };
  const catalogue = loadCatalogue(values.targets);
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    const lines =
      format === "ooni" ? texts(ooniReports(store, catalogue, window)) : texts(archiveLines(store, catalogue, window));
    const step = createProgress(io, (count) => `${count} lines written so far`);
    if (values.out === undefined) for await (const line of lines) io.out(line);
    else await writeFile(values.out, counting(lines, step), io.signal);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

async function* texts(lines: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const line of lines) yield `${canonicalJson(line)}\n`;
}

/** The file appears under its name only when it is whole. */
async function writeFile(file: string, lines: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const part = `${file}.part`;
  const output = createWriteStream(part);
  try {
    if (file.endsWith(".gz")) await pipeline(Readable.from(lines), createGzip(), output, { signal });
    else await pipeline(Readable.from(lines), output, { signal });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof CodedError) throw error;
    const code = errorCode(error) ?? "unknown";
    const kind = ["ENOENT", "EACCES", "ENOTDIR", "EISDIR", "EROFS"].includes(code) ? "cannot_write" : "io";
    throw new CodedError(kind, `Cannot write ${file} (${code}). Choose another place with --out.`, { cause: error });
  }
}

function moment(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const at = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw usageError(`'${text}' is no UTC time such as 2022-01-05T10:30:00Z`, USAGE);
  return at;
}
