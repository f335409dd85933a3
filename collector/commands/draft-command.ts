import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { LANGUAGES } from "../api/language.ts";
import { findPublished } from "../api/publication-view.ts";
import { quarterlyCsv } from "../api/routes/legal.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { draftFacts } from "../legal/drafts/facts.ts";
import { DRAFT_KINDS } from "../legal/drafts/words.ts";
import { writeDraft } from "../legal/drafts/write-draft.ts";
import { offlineReader } from "./offline-reader.ts";

const USAGE = `kuager collector draft ${DRAFT_KINDS.join("|")} NUMBER [--version N] [--lang kk|ru|en] [--site URL] | quarterly QUARTER [--data DIR] [--targets DIR]`;

const HELP = `${USAGE}

Writes letters and submissions filled with the facts of a published incident. Each is a draft for a lawyer: it names nobody,
claims nothing beyond the record, and leaves in [brackets] what only a person can add.

  un            submission to the UN Special Rapporteur on freedom of expression, with its required fields
  request       request for information, as for eotinish.kz
  prosecutor    complaint to the prosecutor
  court         claim to a court
  quarterly     ARTICLE 19's table of a quarter such as 2026-Q4, as CSV

  --version N   of that version (default: the newest)
  --site URL    where readers reach this collector's pages
`;

const OPTIONS = {
  ...DATA_OPTION,
  version: { type: "string" },
  lang: { type: "string" },
  site: { type: "string" },
  targets: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `kuager collector draft`. Errors: `usage`, `bad_input` for a number that is not published, the store's. */
export async function runDraft(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 2 });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [name, subject] = words;
  const kind = DRAFT_KINDS.find((one) => one === name);
  const language = LANGUAGES.find((one) => one === (values.lang ?? "en"));
  if (subject === undefined || language === undefined || (kind === undefined && name !== "quarterly"))
    throw usageError("Something is missing", USAGE);
  const { reader, close } = await offlineReader(dataFolder(values, io.env), values.targets);
  try {
    if (kind === undefined) io.out(await quarterlyCsv(reader, subject));
    else {
      const version = values.version === undefined ? null : Number(values.version);
      const found = await findPublished(reader, { id: subject, version, asOf: null });
      if (found === null) throw new CodedError("bad_input", `Nothing is published under ${subject}.`);
      const madeAt = new Date(reader.now()).toISOString();
      const facts = draftFacts(reader.catalogue, found, {
        language,
        site: values.site ?? null,
        madeAt,
        enoughProbes: reader.enoughProbes,
      });
      io.out(writeDraft(kind, language, facts).replaceAll("\r\n", "\n"));
    }
    return EXIT.ok;
  } finally {
    await close();
  }
}
