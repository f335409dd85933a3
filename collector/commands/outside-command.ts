import { readFileSync, statSync } from "node:fs";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { Utc } from "../../protocol/primitives.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { importOutside } from "../outside/import-outside.ts";
import { OUTSIDE_LIMITS } from "../outside/sources.ts";
import { OUTSIDE_SOURCES, type OutsideSource } from "../outside/types.ts";
import { openExistingStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { utc } from "../time.ts";
import { writeDown } from "./write-down.ts";

const USAGE =
  "kuager collector outside import FILE --source ioda|radar|ooni [--url URL] [--retrieved TIME] [--licence TEXT] | list | remove N [--json] [--data DIR]";

const HELP = `${USAGE}

Series of other projects, shown beside ours on their own scale and never merged with them.

  outside import FILE   what IODA (signals, v2), Cloudflare Radar (annotations, traffic anomalies) or OONI (aggregation
                        by time) answered, as JSON. The bytes are kept as they are, with their hash.
  outside list          what is kept
  outside remove N      takes one import out, with its series

  --url URL             the address that was asked; IODA's tells of which network or place it speaks
  --retrieved TIME      when it was asked (default: now)
  --licence TEXT        terms of the data, where they are others than the usual ones of the source
`;

const OPTIONS = {
  ...DATA_OPTION,
  source: { type: "string" },
  url: { type: "string" },
  retrieved: { type: "string" },
  licence: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

const LIST_MAX = 1000;

/** `kuager collector outside`. Errors: `usage`, `bad_input` for the file, the store's. */
export async function runOutside(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 2 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, word] = words;
  const received = verb === "import" ? readReceived(word, values) : null;
  if (received === null && verb !== "list" && verb !== "remove") throw usageError("Something is missing", USAGE);
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    if (received !== null) return await runImport(store, received, io, values.json === true);
    if (verb === "list") return await runList(store, io, values.json === true);
    return await runRemove(store, word, io);
  } finally {
    await store.close();
  }
}

async function runImport(store: Store, received: ReturnType<typeof readReceived>, io: Io, json: boolean) {
  const report = await importOutside(store.admin.outside, received);
  if (report.isNew) await writeDown(store, "outside imported", { subject: received.source, detail: report.sha256 });
  const words = report.isNew ? `${report.series} series taken in.` : "These bytes were taken in before.";
  io.out(json ? `${JSON.stringify(report)}\n` : `${words} SHA-256 ${report.sha256}\n`);
  return EXIT.ok;
}

async function runList(store: Store, io: Io, json: boolean) {
  const imports = (await store.admin.outside.imports(LIST_MAX)).map(({ retrieved, ...rest }) => ({
    ...rest,
    retrieved: utc(retrieved),
  }));
  const line = (one: (typeof imports)[number]) =>
    `${one.id}\t${one.source}\t${one.retrieved}\t${one.size} bytes\t${one.licence}\t${one.address ?? ""}\n`;
  io.out(json ? `${JSON.stringify({ imports })}\n` : imports.map(line).join("") || "Nothing is kept.\n");
  return EXIT.ok;
}

async function runRemove(store: Store, word: string | undefined, io: Io) {
  if (word === undefined || !/^\d{1,15}$/.test(word)) throw usageError("N must be a number of the list", USAGE);
  if (!(await store.admin.outside.remove(Number(word)))) throw new CodedError("failed", `There is no import ${word}.`);
  await writeDown(store, "outside removed", { subject: word });
  io.out("Removed.\n");
  return EXIT.ok;
}

function readReceived(file: string | undefined, values: Readonly<Record<string, unknown>>) {
  if (file === undefined) throw usageError("FILE is missing", USAGE);
  const source = OUTSIDE_SOURCES.find((name): name is OutsideSource => name === values.source);
  if (source === undefined) throw usageError(`--source must be one of ${OUTSIDE_SOURCES.join(", ")}`, USAGE);
  const { url, retrieved, licence } = values;
  if (url !== undefined && !(typeof url === "string" && url.length <= 2048 && URL.canParse(url)))
    throw usageError("--url: expected an address", USAGE);
  if (retrieved !== undefined && !Utc.safeParse(retrieved).success)
    throw usageError("--retrieved: expected a time such as 2022-01-05T10:30:00Z", USAGE);
  return {
    ...{ source, bytes: readBytes(file), address: typeof url === "string" ? url : null },
    retrieved: typeof retrieved === "string" ? Date.parse(retrieved) : Date.now(),
    licence: typeof licence === "string" && licence.length <= 300 ? licence : null,
  };
}

function readBytes(file: string): Buffer {
  try {
    if (statSync(file).size > OUTSIDE_LIMITS.bytes)
      throw new CodedError("bad_input", `${file} is larger than ${OUTSIDE_LIMITS.bytes} bytes.`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError("bad_input", `Cannot read ${file} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
}
