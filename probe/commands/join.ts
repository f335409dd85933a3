import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { CATEGORIES, type Category, type RiskTier, type Target } from "../../protocol/target.ts";
import { loadTargetList } from "../../targets/load.ts";
import { COMMON_FLAGS, dataFolder, type Language, languageOf, positiveNumber, readCertificates } from "../config.ts";
import { askWhatWasRead } from "../consent/questions.ts";
import { consentScreen } from "../consent/show.ts";
import { CONSENT_VERSION, consentText, meansYes } from "../consent/text.ts";
import { removeFile } from "../data-folder.ts";
import { makeIdentity } from "../identity/identity.ts";
import { loadMembership, saveConfig, saveMembership } from "../membership/membership.ts";
import { sitesAdded } from "../schedule/plan.ts";
import { parseQuietHours } from "../schedule/quiet-hours.ts";
import { addressesOf } from "../uplink/addresses.ts";
import { requestJoin } from "../uplink/join.ts";
import { openWay, readProxy } from "../uplink/way.ts";
import { JOIN_WORDS } from "../words/join/words.ts";
import { fill, wordsOf } from "../words/words.ts";
import { parseInvitation } from "./invitation.ts";
import { askChoices, type Said, withDefaults } from "./join-questions.ts";

const USAGE = "kuager probe join CODE [--collector URL]… [--yes] [--dry-run] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

Shows what taking part means, asks, and joins. Nothing is measured before. Three short questions on the text follow.
CODE is the invitation: 7KQ2-M9XD-04TB-PZ5H, or with the collector's address: 7KQ2-M9XD-04TB-PZ5H@https://host:8080

  --collector URL      address of the collector, when CODE does not carry it (may be repeated; also KUAGER_COLLECTOR)
  --code CODE          the invitation, when it is not given as a plain word
  --risk 1|2|3         measure sites up to this tier of risk (default 2)
  --without CATEGORY   leave a category of sites out (may be repeated)
  --budget-mb N        most megabytes a day for measurements (default 600)
  --budget-month-mb N  most megabytes in thirty days
  --quiet 23:00-07:00  hours without measuring, by this computer's clock
  --metered            data costs: measure speed sparingly
  --yes                agree without being asked, also to the usual answers of the other questions; for who has read the text
  --dry-run            joins nothing: measures a few sites once and prints exactly what would be sent
  --passphrase-file FILE
                       keep the key and the records encrypted with the passphrase in FILE; from then on run, status,
                       results, doctor, export and leave need it too (also KUAGER_PASSPHRASE_FILE)
  --json               print the result as JSON
  --proxy URL          reach the collector by this proxy, now and later: socks5h://127.0.0.1:9050 (Tor) or
                       http://HOST:PORT (also KUAGER_PROXY)
  --ca FILE            trust the PEM certificates in FILE as well, for the collector
`;

const FLAGS = {
  ...COMMON_FLAGS,
  collector: { type: "string", multiple: true },
  code: { type: "string" },
  risk: { type: "string" },
  without: { type: "string", multiple: true },
  "budget-mb": { type: "string" },
  "budget-month-mb": { type: "string" },
  quiet: { type: "string" },
  metered: { type: "boolean" },
  "dry-run": { type: "boolean" },
  "allow-private": { type: "boolean" },
  yes: { type: "boolean" },
  json: { type: "boolean" },
  ca: { type: "string", multiple: true },
  proxy: { type: "string" },
} as const;

/**
 * `kuager probe join`: consent, key, enrolment. Returns 0 when joined, 1 when the volunteer said no. Throws `usage`
 * (also when nobody can be asked and `--yes` is missing), `failed` when this folder has joined before, `try_later`
 * when no collector answers, `bad_input` when the code is not taken, `cannot_write` or `io`.
 */
export async function runJoinCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, FLAGS, { min: 0, max: 1 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const language = languageOf(values.lang, io.env);
  const said = readSaid(values);
  const { targets } = loadTargetList();
  if (values["dry-run"]) return tryOut(values, said, language, io);
  const { code, collectors } = readInvitation(words[0] ?? values.code, values.collector, io.env);
  const proxy = readProxy(values.proxy ?? io.env.KUAGER_PROXY);
  const way = await openWay(readCertificates(values.ca), proxy);
  refuseSecondJoin(folder);
  if (!(await consents(io, targets, said, language, values.yes ?? false))) return decline(io, language);
  if (!values.yes && !(await askWhatWasRead(io, language))) return EXIT.failed;
  const { agreed, limits } = values.yes ? withDefaults(said) : await askChoices(io, language, targets, said);
  const identity = makeIdentity(folder);
  const joined = await requestJoin({ collectors, code, identity, consent: CONSENT_VERSION, way }, io.signal).catch(
    (error: unknown) => {
      // A key that was refused is of no use; one whose answer was lost may have joined.
      if (error instanceof CodedError && error.code === "bad_input") {
        removeFile(folder, "identity");
        removeFile(folder, "vault");
      }
      throw error;
    },
  );
  const { config, ...known } = joined;
  saveConfig(folder, config);
  const questions = values.yes ? ("not-asked" as const) : ("answered" as const);
  const consent = { version: CONSENT_VERSION, language, at: new Date().toISOString(), questions };
  saveMembership(folder, {
    ...known,
    collectors,
    consent,
    agreed,
    limits,
    sitesShown: targets.map(({ id }) => id),
    ...(proxy && { proxy: proxy.href }),
    ...(config.releaseKey && { releaseKey: config.releaseKey }),
  });
  const text = fill(wordsOf(language).joined, { probe: known.probe });
  io.out(values.json ? `${JSON.stringify({ ...known, folder })}\n` : `${text}\n`);
  tellAdded(io, language, sitesAdded(config.list.targets, { agreed, sitesShown: targets.map(({ id }) => id) }));
  return EXIT.ok;
}

/** What the collector measures beyond the list that was shown is told at once, and by `status` later. */
function tellAdded(io: Io, language: Language, added: readonly string[]): void {
  if (added.length > 0) io.err(`${fill(JOIN_WORDS[language].added, { sites: added.join(", ") })}\n`);
}

function decline(io: Io, language: Language): number {
  io.err(`${wordsOf(language).declined}\n`);
  return EXIT.failed;
}

type Given = { data?: string; ca?: string[]; yes?: boolean; "allow-private"?: boolean };

/** `join --dry-run`: the same screen and question, then a trial; neither key nor collector is needed. */
async function tryOut(values: Given, said: Said, language: Language, io: Io): Promise<number> {
  const list = loadTargetList();
  if (!(await consents(io, list.targets, said, language, values.yes ?? false))) return decline(io, language);
  const words = JOIN_WORDS[language];
  io.err(`${words.dryRun}\n`);
  const { tryWithout } = await import("../run/dry-run.ts");
  io.out(
    await tryWithout(
      { ca: readCertificates(values.ca), allowPrivate: values["allow-private"] ?? false },
      withDefaults(said).agreed,
      list,
      io,
    ),
  );
  io.err(`${words.dryRunEnd}\n`);
  return EXIT.ok;
}

function readInvitation(word: string | undefined, flags: readonly string[] | undefined, env: Io["env"]) {
  const given = flags ?? (env.KUAGER_COLLECTOR ? [env.KUAGER_COLLECTOR] : []);
  if (word === undefined) throw usageError("The invitation code is missing", USAGE);
  const { code, collector } = parseInvitation(word);
  const collectors = [
    ...new Set([...(collector === null ? [] : [collector]), ...given.map((url) => addressesOf(url).base)]),
  ];
  if (collectors.length === 0) throw usageError("The collector's address is missing (--collector URL)", USAGE);
  return { code, collectors: collectors.slice(0, 8) };
}

type ChoiceFlags = {
  risk?: string;
  without?: string[];
  "budget-mb"?: string;
  "budget-month-mb"?: string;
  quiet?: string;
  metered?: boolean;
};

/** What flags say of kinds of sites and of limits. Throws `usage`. */
function readSaid(flags: ChoiceFlags): Said {
  const mb = (name: "budget-mb" | "budget-month-mb") => positiveNumber(`--${name}`, flags[name], 0);
  const { risk, without, quiet, metered } = flags;
  if (quiet !== undefined && parseQuietHours(quiet) === null)
    throw usageError(`'${quiet}' are no quiet hours: they look like 23:00-07:00`, USAGE);
  return {
    agreed: { ...(risk && { risk: readRisk(risk) }), ...(without && { without: readCategories(without) }) },
    limits: {
      ...(flags["budget-mb"] && { dayMb: mb("budget-mb") }),
      ...(flags["budget-month-mb"] && { monthMb: mb("budget-month-mb") }),
      ...(quiet && { quiet }),
      ...(metered && { metered }),
    },
  };
}

function readRisk(risk: string): RiskTier {
  const tiers: Readonly<Record<string, RiskTier>> = { "1": 1, "2": 2, "3": 3 };
  const tier = tiers[risk];
  if (tier === undefined) throw usageError(`'${risk}' is no tier of risk: take 1, 2 or 3`, USAGE);
  return tier;
}

function readCategories(without: readonly string[]): Category[] {
  return without.map((name): Category => {
    const category = CATEGORIES.find((known) => known === name);
    if (category !== undefined) return category;
    throw usageError(`'${name}' is no category: take ${CATEGORIES.join(", ")}`, USAGE);
  });
}

function refuseSecondJoin(folder: string): void {
  const membership = loadMembership(folder);
  if (membership === null) return;
  throw new CodedError(
    "failed",
    `This probe has joined before (${membership.probe}). To join anew, first: kuager probe leave`,
  );
}

/** Shows the screen and asks. Throws `usage` when nobody can answer: silence is no consent. */
async function consents(io: Io, targets: readonly Target[], said: Said, language: Language, yes: boolean) {
  io.err(consentScreen(language, targets, withDefaults(said).agreed));
  if (yes) return true;
  const answer = await io.ask(consentText(language).question);
  if (answer !== null) return meansYes(answer);
  throw usageError("Nobody can be asked here. Read the text above; to agree, add --yes", USAGE);
}
