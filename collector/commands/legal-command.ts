import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { plainProblem, problemTexts } from "../../protocol/plain-problem.ts";
import { LEGAL_BASES, LegalBasis } from "../../protocol/publication.ts";
import { loadTargetList } from "../../targets/load.ts";
import { LegalRow } from "../../targets/schema.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { inForce } from "../legal/in-force.ts";
import { isKnownSubject } from "../legal/subject.ts";
import { openExistingStore, openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { utc } from "../time.ts";
import { readRowsFile } from "./read-rows-file.ts";
import { writeDown } from "./write-down.ts";

const USAGE =
  "kuager collector legal list | import FILE | set (--target NAME | --incident NUMBER) --basis BASIS --source TEXT [--authority TEXT] [--statute TEXT] [--document TITLE] [--number N] [--date DATE] [--url URL] [--file FILE] [--remedy TEXT] [--targets DIR] [--json] [--data DIR]";

const HELP = `${USAGE}

What is known of the legal basis of the block of a site, or of an incident. Nothing that is on record is changed: what is
set anew is the next version of it.

  list            what is known now
  import FILE     lines of JSON as in targets/data/legal.ndjson; a version that is on record must not differ
  set             records what is known of one site or incident

  --basis BASIS   ${LEGAL_BASES.map((basis) => `'${basis}'`).join(", ")}
                  ('no known legal basis' says that somebody looked and found none)
  --source TEXT   where it is known from
  --file FILE     the document itself: its SHA-256 is recorded, the file is not taken
  --targets DIR   data files that replace the project's own, where the collector serves with them (also
                  KUAGER_COLLECTOR_TARGETS)
`;

const OPTIONS = {
  ...DATA_OPTION,
  target: { type: "string" },
  incident: { type: "string" },
  basis: { type: "string" },
  source: { type: "string" },
  authority: { type: "string" },
  statute: { type: "string" },
  document: { type: "string" },
  number: { type: "string" },
  date: { type: "string" },
  url: { type: "string" },
  file: { type: "string" },
  remedy: { type: "string" },
  targets: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>["values"];
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** `kuager collector legal`. Errors: `usage`, `bad_input` for a wrong file or version, the store's. */
export async function runLegal(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 2 });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, file] = words;
  const folder = dataFolder(values, io.env);
  if (verb === "list")
    return withStore(await openExistingStore(folder), async (store) => io.out(await list(store, values)));
  if (verb === "import" && file !== undefined) {
    const records = readRowsFile(file, LegalRow, ({ id, version }) => `${id}-v${version}`);
    return withStore(await openStore(folder), async (store) => {
      const added = await store.legal.add(records);
      await writeDown(store, "legal basis recorded", { detail: `${records.length} records, ${added} new` });
      io.out(
        values.json
          ? `${JSON.stringify({ read: records.length, added })}\n`
          : `${records.length} records read, ${added} new.\n`,
      );
    });
  }
  if (verb === "set" && file === undefined)
    return withStore(await openStore(folder), async (store) =>
      io.out(await set(store, values, values.targets ?? io.env.KUAGER_COLLECTOR_TARGETS)),
    );
  throw usageError("Something is missing", USAGE);
}

async function withStore(store: Store, work: (store: Store) => Promise<void>): Promise<number> {
  try {
    await work(store);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

async function list({ legal }: Store, { json }: Values): Promise<string> {
  const records = inForce(await legal.all(), null);
  return records.map((record) => `${json === true ? JSON.stringify(record) : line(record)}\n`).join("");
}

function line({ id, version, subject, basis, authority, document, source }: LegalBasis): string {
  const of = "target" in subject ? subject.target : subject.incident;
  const paper = document === null ? null : [document.title, document.number, document.date].filter(Boolean).join(", ");
  return [`${id}-v${version}`, of, basis, authority, paper, source].filter((part) => part !== null).join("  ");
}

async function set(store: Store, values: Values, targetsFolder: string | undefined): Promise<string> {
  const { legal } = store;
  const subject = values.target === undefined ? { incident: values.incident } : { target: values.target };
  if ((values.target === undefined) === (values.incident === undefined))
    throw usageError("Name either --target or --incident", USAGE);
  const id = `own-${values.target ?? values.incident}`.slice(0, 64);
  const versions = (await legal.all()).filter((record) => record.id === id).map(({ version }) => version);
  const record = {
    id,
    version: Math.max(0, ...versions) + 1,
    subject,
    basis: values.basis,
    authority: values.authority ?? null,
    statute: values.statute ?? null,
    document: documentOf(values),
    remedy: values.remedy ?? null,
    source: values.source,
    recordedAt: utc(Date.now()),
  };
  const parsed = LegalBasis.safeParse(record, { error: plainProblem });
  if (!parsed.success) throw usageError(problemTexts(parsed.error, ([name]) => `--${String(name)}`).join("; "), USAGE);
  await refuseUnknown(store, values, targetsFolder);
  await legal.add([parsed.data]);
  await writeDown(store, "legal basis recorded", { subject: id, detail: `v${parsed.data.version}` });
  return values.json === true ? `${JSON.stringify(parsed.data)}\n` : `${line(parsed.data)}\n`;
}

async function refuseUnknown(store: Store, { target, incident }: Values, folder: string | undefined): Promise<void> {
  const { targets } = loadTargetList(folder);
  if (target !== undefined && !(await isKnownSubject({ target }, store, targets)))
    throw new CodedError(
      "bad_input",
      `There is no site '${target}' in the list. Name it as it stands there (the page of all sites has them); where the collector serves with data files of its own, add --targets DIR.`,
    );
  if (incident !== undefined && !(await isKnownSubject({ incident }, store, targets)))
    throw new CodedError(
      "bad_input",
      `No incident '${incident}' was published here. Name it by its number, as KZ-2026-0001: the page of incidents has them.`,
    );
}

function documentOf({ document, number, date, url, file }: Values): LegalBasis["document"] {
  if (document === undefined) return null;
  const sha256 = file === undefined ? null : hashOf(file);
  return { title: document, number: number ?? null, date: date ?? null, url: url ?? null, sha256 };
}

function hashOf(file: string): string {
  try {
    if (statSync(file).size > FILE_BYTES_MAX)
      throw new CodedError("bad_input", `${file} is larger than ${FILE_BYTES_MAX} bytes.`);
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError("bad_input", `Cannot read ${file} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
}
