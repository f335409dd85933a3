import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { readCheckpoint } from "../../protocol/checkpoint.ts";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { type NoteVerifier, readVerifier } from "../../protocol/note.ts";
import { parseJson } from "../../protocol/parse.ts";
import { isTlogProof } from "../../protocol/tlog-proof.ts";
import { readPolicy } from "../../protocol/witness-policy.ts";
import type { Language } from "../api/types.ts";
import { loadCatalogue } from "../catalogue.ts";
import type { Files } from "../evidence/files.ts";
import { LOG_FILES } from "../evidence/log-files-names.ts";
import { type Finding, holdsUnless, isSound } from "./finding.ts";
import { GrowthProof } from "./growth.ts";
import type { Beside, Known } from "./judge-beside.ts";
import { readBundle } from "./read-bundle.ts";
import { archiveFiles } from "./record-files.ts";
import type { StampReaders } from "./stamp-checks.ts";
import type { Begun } from "./start-verify.ts";
import { readVerifierPage } from "./verifier-page.ts";
import { verifyArchive } from "./verify-archive.ts";
import { verifyBundle } from "./verify-bundle.ts";
import { verifyHead, verifyTlogProof } from "./verify-head.ts";
import { findingsText } from "./words.ts";

const USAGE =
  "kuager verify FILE [--key KEY] [--checkpoint FILE [--growth FILE]] [--witnesses POLICY] [--tsa-ca PEM] [--record FILE] [--no-replay] [--json] [--lang kk|ru|en] [--targets DIR], or --page NEW.html";

const HELP = `${USAGE}

Checks evidence without a network: a bundle (zip or folder), an archive, a signed head of the log, or a proof for one entry
(.tlog-proof). Says what holds, what fails, and what cannot be judged. Ends with 0 when nothing fails, with 65 when something
does.

  --key KEY           the key of the log, as text or a file, got another way than with the bundle
  --checkpoint FILE   a signed head of the log that you or others kept: shows whether the log was rewritten since
  --growth FILE       what the log answers at /api/v1/log/consistency?from=…&to=… for the sizes of both heads
  --witnesses POLICY  witnesses whom you trust, and how many of them are enough (a file of C2SP tlog-policy)
  --tsa-ca PEM        certificates of time stamp authorities that you trust
  --record FILE       the entry that a .tlog-proof is for, byte for byte
  --no-replay         check signatures and proofs only: do not judge the records again
  --json              {"ok","findings":[{"check","state","about"}]}
  --lang kk|ru|en     language of the answer (default en)
  --page NEW.html     writes the verifier itself as a page for a browser, which needs no network, and ends
`;

const OPTIONS = {
  key: { type: "string" },
  checkpoint: { type: "string" },
  growth: { type: "string" },
  witnesses: { type: "string" },
  "tsa-ca": { type: "string" },
  record: { type: "string" },
  "no-replay": { type: "boolean" },
  json: { type: "boolean" },
  lang: { type: "string" },
  targets: { type: "string" },
  page: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

type Flags = { readonly [Name in keyof typeof OPTIONS]?: string | boolean | undefined };

/**
 * `kuager verify`; `begun`: reads and judges the records meanwhile. Errors: `usage`; `bad_input` for a file that
 * cannot be read, or a key that is none.
 */
export async function runVerify(argv: readonly string[], io: Io, begun: Begun | null = null): Promise<number> {
  const bare = argv.includes("--help") || argv.some((word) => word.startsWith("--page"));
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: bare ? 0 : 1, max: 1 });
  const [file] = words;
  if (values.page !== undefined) return writePage(values.page, io);
  if (values.help === true || file === undefined) {
    io.out(HELP);
    return EXIT.ok;
  }
  const language = languageOf(values.lang);
  const findings = await findingsOf(file, values, begun);
  io.out(
    values.json === true ? `${canonicalJson({ ok: isSound(findings), findings })}\n` : findingsText(findings, language),
  );
  return isSound(findings) ? EXIT.ok : EXIT.badInput;
}

async function findingsOf(file: string, flags: Flags, begun: Begun | null): Promise<Finding[]> {
  const trusted = trustedBy(flags);
  const ahead = begun?.read?.file === file ? begun.read : null;
  const read = ahead ?? readable(file);
  if ("finding" in read) return [read.finding];
  const note = read.files === null ? noteIn(file) : null;
  const record = text(flags.record);
  const head = { ...trusted, record: record === null ? null : readText(record).replace(/\n$/, "") };
  if (note !== null) return isTlogProof(note) ? verifyTlogProof(note, head) : verifyHead(note, head);
  const catalogue = loadCatalogue(text(flags.targets) ?? undefined);
  if (read.files === null) return verifyArchive(file, catalogue);
  const replay = flags["no-replay"] !== true;
  const judging = replay ? beside(read.files, catalogue, begun) : null;
  const { reportPdf } = await import("../evidence/report/pdf.ts");
  const stamps = await stampReaders(read.files, text(flags["tsa-ca"]));
  return verifyBundle(read.files, { ...trusted, catalogue, writePdf: reportPdf, stamps, replay, judging });
}

/** The thread's judging of these files, which it may have begun to read; null where there is none. */
function beside(files: Files, catalogue: Known, begun: Begun | null): Beside | null {
  const records = archiveFiles(files);
  // What was read ahead can only be the bundle: no other word stands alone.
  if (begun === null || records === null || (begun.read !== null && begun.read.files !== files)) return null;
  if (begun.read === null) void begun.thread.read(records);
  return begun.thread.judge(catalogue);
}

/** What the reader brings: keys and heads got another way than with the file. */
function trustedBy(flags: Flags) {
  const [key, kept, growth, witnesses] = [flags.key, flags.checkpoint, flags.growth, flags.witnesses].map(text);
  return {
    key: key == null ? null : keyOf(key),
    kept: kept == null ? null : readText(kept),
    growth: growth == null ? null : growthIn(growth),
    policy: witnesses == null ? null : readPolicy(readText(witnesses)),
  };
}

/** Stamps are read by libraries that are loaded only for them; null where there is none. */
async function stampReaders(files: Files, roots: string | null): Promise<StampReaders | null> {
  const trusted = roots === null ? null : certificatesIn(roots);
  if (!files.has(LOG_FILES.rfc3161) && !files.has(LOG_FILES.ots)) return null;
  const [{ checkStamp }, { readOts }] = await Promise.all([
    import("../evidence/stamp/rfc3161.ts"),
    import("../evidence/stamp/ots.ts"),
  ]);
  return { rfc3161: (stamped, answer) => checkStamp(stamped, answer, trusted), ots: readOts };
}

function certificatesIn(file: string): X509Certificate[] {
  const found = readText(file).match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new CodedError("bad_input", `There is no certificate in ${file}.`);
  return found.map((pem) => new X509Certificate(pem));
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

const NOTE_BYTES_MAX = 1024 * 1024;

/** A head of a log or a proof for one entry; null for a file that is neither. */
function noteIn(file: string): string | null {
  const content = statSync(file).size > NOTE_BYTES_MAX ? "" : readText(file);
  return isTlogProof(content) || readCheckpoint(content) !== null ? content : null;
}

function growthIn(file: string): GrowthProof {
  const proof = parseJson(GrowthProof, readText(file));
  if (!proof.ok) throw new CodedError("bad_input", `${file} holds no proof: ${proof.problems.join("; ")}`);
  return proof.value;
}

function keyOf(given: string): NoteVerifier {
  const key = readVerifier(given) ?? (existsSync(given) ? readVerifier(readText(given).split("\n")[0] ?? "") : null);
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

function writePage(file: string, io: Io): number {
  try {
    writeFileSync(file, readVerifierPage(), { flag: "wx" });
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (errorCode(error) === "EEXIST")
      throw new CodedError("cannot_write", `${file} is there already and is not written over. Give --page a new name.`);
    throw new CodedError("cannot_write", `Cannot write ${file} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
  io.out(`${file}\n`);
  return EXIT.ok;
}

function text(value: string | boolean | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function languageOf(given = "en"): Language {
  if (given === "kk" || given === "ru" || given === "en") return given;
  throw usageError(`There is no language '${given}'`, USAGE);
}
