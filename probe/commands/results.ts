import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { COMMON_FLAGS, dataFolder, languageOf, positiveNumber } from "../config.ts";
import { loadMembership, rememberedLanguage } from "../membership/membership.ts";
import { latestOfEach, readResults } from "../results/read.ts";
import { resultsText } from "../results/text.ts";
import { wordsOf } from "../words/words.ts";

const USAGE = "kuager probe results [--site SITE] [--last N] [--json] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

What this probe saw lately, in plain words: which sites opened, and where the others stopped. Works without internet.

  --site SITE     the history of one site or messenger, newest first
  --last N        how many measurements to look at (default 300; of one site 20)
  --json          the results as JSON
`;

const FLAGS = {
  ...COMMON_FLAGS,
  site: { type: "string" },
  last: { type: "string" },
  json: { type: "boolean" },
} as const;

/** Looked at unless told otherwise: two rounds and more of the whole list, or some hours of one site. */
const LAST = { all: 300, site: 20, most: 5000 };

/** `kuager probe results`: reads the journal only, asks nobody. Returns 0. Throws `usage`, `io`. */
export function runResultsCommand(argv: readonly string[], io: Io): number {
  const { values } = readArguments(argv, USAGE, FLAGS);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const site = values.site ?? null;
  const last = Math.ceil(positiveNumber("--last", values.last, site === null ? LAST.all : LAST.site));
  const results = readResults(folder, Math.min(last, LAST.most), site);
  const language = languageOf(values.lang, io.env, rememberedLanguage(folder));
  if (values.json) io.out(`${JSON.stringify(site === null ? latestOfEach(results) : results)}\n`);
  else if (loadMembership(folder) === null && readResults(folder, 1).length === 0)
    io.out(`${wordsOf(language).notJoined}\n`);
  else io.out(resultsText(results, site, language, Date.now()));
  return EXIT.ok;
}
