import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { loadTargetList } from "../../targets/load.ts";
import { COMMON_FLAGS, dataFolder, languageOf } from "../config.ts";
import { consentScreen } from "../consent/show.ts";
import { CONSENT_VERSION } from "../consent/text.ts";
import { loadConfig, loadMembership } from "../membership/membership.ts";
import { JOIN_WORDS } from "../words/join/words.ts";
import { moment } from "../words/moment.ts";
import { fill } from "../words/words.ts";
import { withDefaults } from "./join-questions.ts";

const USAGE = "kuager probe consent [--json] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

Shows again what taking part means, with the sites that are checked now, and what was agreed to here and when. What was
agreed to is kept on this computer only.

  --json     what was agreed to, as JSON
`;

/** `kuager probe consent`: the text, and the record of consent. Asks nobody. Returns 0. Throws `usage`, `config`, `io`. */
export function runConsentCommand(argv: readonly string[], io: Io): number {
  const { values } = readArguments(argv, USAGE, { ...COMMON_FLAGS, json: { type: "boolean" } });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const membership = loadMembership(folder);
  if (values.json) {
    const record = membership === null ? null : { ...membership.consent, agreed: membership.agreed };
    io.out(`${JSON.stringify(record)}\n`);
    return EXIT.ok;
  }
  const language = languageOf(values.lang, io.env, membership?.consent.language);
  const { targets } = loadConfig(folder, loadTargetList).list;
  const { agreed } = withDefaults({ agreed: membership?.agreed ?? {}, limits: {} });
  io.out(consentScreen(language, targets, agreed));
  const words = JOIN_WORDS[language];
  if (membership === null) io.out(`${words.agreedNot}\n`);
  else {
    const { at, version } = membership.consent;
    io.out(`${fill(words.agreedAt, { at: moment(at, Date.now(), language), version })}\n`);
    if (version !== CONSENT_VERSION) io.out(`${words.agreedOther}\n`);
  }
  return EXIT.ok;
}
