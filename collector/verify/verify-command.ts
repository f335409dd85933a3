import { existsSync, readFileSync } from "node:fs";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { type NoteVerifier, readVerifier } from "../../protocol/note.ts";
import type { Language } from "../api/types.ts";
import { loadCatalogue } from "../catalogue.ts";
import type { Files } from "../evidence/files.ts";
import { reportPdf } from "../evidence/report/pdf.ts";
import { type Finding, holdsUnless } from "./finding.ts";
import { readBundle } from "./read-bundle.ts";
import { verifyArchive } from "./verify-archive.ts";
import { verifyBundle } from "./verify-bundle.ts";
import { findingsText } from "./words.ts";

const USAGE =
  "kuager verify FILE [--key KEY] [--checkpoint FILE] [--no-replay] [--json] [--lang kk|ru|en] [--targets DIR]";

const HELP = `${USAGE}

Checks evidence without a network: a bundle (zip or folder) or an archive. Says what holds, what fails, and what cannot
be judged. Ends with 0 when nothing fails, with 65 when something does.

  --key KEY           the key of the log, as text or a file, got another way than with the bundle
  --checkpoint FILE   a signed head of the log that you or others kept: shows whether the log was rewritten since
  --no-replay         check signatures and proofs only: do not judge the records again
  --json              {"ok","findings":[{"check","state","about"}]}
  --lang kk|ru|en     language of the answer (default en)
`;

const OPTIONS = {
  key: { type: "string" },
  checkpoint: { type: "string" },
  "no-replay": { type: "boolean" },
  json: { type: "boolean" },
  lang: { type: "string" },
  targets: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `kuager verify`. Errors: `usage`; `bad_input` for a file that cannot be read, or a key that is none. */
export async function runVerify(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: argv.includes("--help") ? 0 : 1, max: 1 });
  const [file] = words;
  if (values.help === true || file === undefined) {
    io.out(HELP);
    return EXIT.ok;
  }
  const language = languageOf(values.lang);
  const catalogue = loadCatalogue(values.targets);
  const options = {
    key: values.key === undefined ? null : keyOf(values.key),
    kept: values.checkpoint === undefined ? null : readText(values.checkpoint),
    replay: values["no-replay"] !== true,
    catalogue,
    writePdf: reportPdf,
  };
  const read = readable(file);
  const findings =
    "finding" in read
      ? [read.finding]
      : await (read.files === null ? verifyArchive(file, catalogue) : verifyBundle(read.files, options));
  const ok = findings.every(({ state }) => state !== "fails");
  io.out(values.json === true ? `${canonicalJson({ ok, findings })}\n` : findingsText(findings, language));
  return ok ? EXIT.ok : EXIT.badInput;
}

/** A damaged zip is an answer about the evidence; a file that is not there is a mistake of the reader's. */
function readable(file: string): { files: Files | null } | { finding: Finding } {
  if (!existsSync(file)) throw new CodedError("bad_input", `There is no file ${file}.`);
  try {
    return { files: readBundle(file) };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { finding: holdsUnless("form", [error.message]) };
  }
}

function keyOf(text: string): NoteVerifier {
  const key = readVerifier(text) ?? (existsSync(text) ? readVerifier(readText(text).split("\n")[0] ?? "") : null);
  if (key === null) throw new CodedError("bad_input", "The key is none: expected name+hash+key, as text or in a file.");
  return key;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CodedError("bad_input", `Cannot read ${file} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
}

function languageOf(text = "en"): Language {
  if (text === "kk" || text === "ru" || text === "en") return text;
  throw usageError(`There is no language '${text}'`, USAGE);
}
