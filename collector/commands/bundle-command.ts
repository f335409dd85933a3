import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { RULES_VERSION } from "../analysis/classify.ts";
import { createPseudonym } from "../api/pseudonym.ts";
import { openThreshold } from "../api/threshold.ts";
import { loadCatalogue } from "../catalogue.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { publishedAt } from "../evidence/bundle-view.ts";
import type { Files } from "../evidence/files.ts";
import { makeBundle } from "../evidence/make-bundle.ts";
import { packZip } from "../evidence/zip.ts";
import { openExistingStore } from "../store/open-store.ts";

const USAGE =
  "kuager collector bundle INCIDENT [--originals] [--folder] [--as-of TIME] [--out DIR] [--data DIR] [--targets DIR]";

const HELP = `${USAGE}

INCIDENT is a number (KZ-2026-0042: its newest version), a version (KZ-2026-0042-v3: as known when it was published), or the
analysis' own id. Writes the evidence of one incident as a zip that anyone can check offline with 'kuager verify': report in three
languages, records, verdicts, what was left out, coverage, method, limits, proofs and signatures.

  --originals     with the signed entries as probes wrote them. They can point at volunteers: for a court or an expert
                  whom you trust, never for publishing. Without it the bundle holds what the API publishes.
  --folder        a folder instead of a zip
  --as-of TIME    as known at that moment (2022-01-05T10:30:00Z); the same moment gives the same bytes
  --out DIR       where to put it (default: here)
`;

const OPTIONS = {
  ...DATA_OPTION,
  originals: { type: "boolean" },
  folder: { type: "boolean" },
  "as-of": { type: "string" },
  out: { type: "string" },
  targets: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `kuager collector bundle`. Errors: `usage`, `bad_input` for an unknown incident, `cannot_write`, `io`, the store's. */
export async function runBundle(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: argv.includes("--help") ? 0 : 1, max: 1 });
  const [id] = words;
  if (values.help === true || id === undefined) {
    io.out(HELP);
    return EXIT.ok;
  }
  const given = values["as-of"] === undefined ? Date.now() : Date.parse(values["as-of"]);
  if (Number.isNaN(given)) throw usageError(`'${values["as-of"]}' is no UTC time such as 2022-01-05T10:30:00Z`, USAGE);
  const catalogue = loadCatalogue(values.targets);
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    const asOf = (await publishedAt(store, id)) ?? given;
    const threshold = await openThreshold(store.state);
    const secret = await store.state.once("pseudonym-secret", () => randomBytes(32).toString("hex"));
    const reader = {
      ...{ store, catalogue, pseudonym: createPseudonym(secret), rulesVersion: RULES_VERSION, now: () => asOf },
      present: () => new Set<string>(),
      enoughProbes: threshold.enough(),
    };
    const edition = values.originals === true ? "originals" : "public";
    const { name, files } = await makeBundle(reader, { id, edition });
    const out = values.out ?? ".";
    const place = values.folder === true ? join(out, name) : join(out, `${name}.zip`);
    await write(place, files, values.folder === true);
    io.out(`${place}\n`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

/** The bundle appears under its name only when it is whole; a folder that is there is not written over. */
async function write(place: string, files: Files, folder: boolean): Promise<void> {
  const part = `${place}.part`;
  try {
    await mkdir(dirname(place), { recursive: true });
    await rm(part, { recursive: true, force: true });
    if (folder)
      for (const [path, bytes] of files) {
        await mkdir(dirname(join(part, path)), { recursive: true });
        await writeFile(join(part, path), bytes);
      }
    else await writeFile(part, packZip(files));
    await rename(part, place);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    const code = errorCode(error) ?? "unknown";
    const kind = code === "ENOSPC" || code === "EIO" ? "io" : "cannot_write";
    throw new CodedError(kind, `Cannot write ${place} (${code}). Choose another place with --out.`, { cause: error });
  }
}
