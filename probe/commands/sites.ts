import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { CATEGORIES, type Target } from "../../protocol/target.ts";
import { loadTargetList } from "../../targets/load.ts";
import { COMMON_FLAGS, dataFolder, type Language, languageOf } from "../config.ts";
import { consentText } from "../consent/text.ts";
import { loadConfig, loadMembership, type Membership, saveMembership } from "../membership/membership.ts";
import { agreedTargets, sitesAdded } from "../schedule/plan.ts";
import { SITES_WORDS } from "../words/sites/words.ts";
import { fill } from "../words/words.ts";

const USAGE = "kuager probe sites [--without SITE]… [--with SITE]… [--json] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

Lists what is measured, by tier of risk and category, and takes single sites out. A running probe follows from its next
round on.

  --without SITE   measure this site no more (may be repeated)
  --with SITE      measure it again, if its tier and category are agreed to (may be repeated)
  --json           the list as JSON
`;

const FLAGS = {
  ...COMMON_FLAGS,
  without: { type: "string", multiple: true },
  with: { type: "string", multiple: true },
  json: { type: "boolean" },
} as const;

/** `kuager probe sites`. Returns 0. Throws `usage` for an unknown site, `config` when not joined, `cannot_write`, `io`. */
export function runSitesCommand(argv: readonly string[], io: Io): number {
  const { values } = readArguments(argv, USAGE, FLAGS);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const before = loadMembership(folder);
  if (before === null)
    throw new CodedError("config", `This probe has not joined (${folder}). Use: kuager probe join CODE`);
  const { targets } = loadConfig(folder, loadTargetList).list;
  const membership = changed(before, targets, values.without ?? [], values.with ?? []);
  if (membership !== before) saveMembership(folder, membership);
  const language = languageOf(values.lang, io.env, membership.consent.language);
  const measured = agreedTargets(targets, membership.agreed).map(({ id }) => id);
  const added = sitesAdded(targets, membership);
  const json = { measured, without: membership.agreed.except ?? [], added };
  io.out(values.json ? `${JSON.stringify(json)}\n` : sitesText(targets, membership, language));
  return EXIT.ok;
}

function changed(
  membership: Membership,
  targets: readonly Target[],
  without: readonly string[],
  again: readonly string[],
): Membership {
  if (without.length + again.length === 0) return membership;
  const except = new Set(membership.agreed.except);
  for (const id of without) {
    if (!targets.some((target) => target.id === id))
      throw usageError(`'${id}' is no site of the list: kuager probe sites shows them`, USAGE);
    except.add(id);
  }
  for (const id of again) except.delete(id);
  return { ...membership, agreed: { ...membership.agreed, except: [...except] } };
}

/** What is measured, and what is not. Pure. */
export function sitesText(targets: readonly Target[], membership: Membership, language: Language): string {
  const words = SITES_WORDS[language];
  const consent = consentText(language);
  const measured = agreedTargets(targets, membership.agreed);
  const lines = ([1, 2, 3] as const).flatMap((risk) => {
    const tier = measured.filter((target) => target.risk === risk);
    const kinds = CATEGORIES.flatMap((category) => {
      const ids = tier.filter((target) => target.category === category).map(({ id }) => id);
      return ids.length === 0 ? [] : [`     ${consent.categories[category]}: ${ids.join(", ")}`];
    });
    const off = membership.agreed.risk < risk ? `: ${consent.sites.off}` : "";
    return [`  ${risk}. ${consent.sites.risk[risk]} (${tier.length})${off}`, ...kinds];
  });
  const { without, except = [] } = membership.agreed;
  const kindsOff = without.map((category) => consent.categories[category]);
  const added = sitesAdded(targets, membership);
  return [
    fill(words.title, { count: measured.length }),
    ...lines,
    ...(kindsOff.length > 0 ? [fill(words.kindsOff, { kinds: kindsOff.join(", ") })] : []),
    ...(except.length > 0 ? [fill(words.sitesOff, { sites: except.join(", ") })] : []),
    ...(added.length > 0 ? [fill(words.added, { sites: added.join(", ") })] : []),
    words.how,
    "",
  ].join("\n");
}
