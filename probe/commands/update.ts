import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { parseJson } from "../../protocol/parse.ts";
import { isNewer, isSignedBy, type Release, SignedRelease } from "../../protocol/release.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { COMMON_FLAGS, dataFolder, languageOf, readCertificates } from "../config.ts";
import { loadMembership, type Membership } from "../membership/membership.ts";
import { addressesOf } from "../uplink/addresses.ts";
import { request } from "../uplink/request.ts";
import { openWay, readProxy, type Way } from "../uplink/way.ts";
import { fill, wordsOf } from "../words/words.ts";

const USAGE = "kuager probe update --check [--key KEY] [--json] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

Asks the collector whether a newer version of this program is out, and checks that the people who make releases signed
it. Nothing is fetched or installed.

  --key KEY      the public key of releases, where joining did not tell it
`;

const FLAGS = {
  ...COMMON_FLAGS,
  check: { type: "boolean" },
  key: { type: "string" },
  json: { type: "boolean" },
  proxy: { type: "string" },
  ca: { type: "string", multiple: true },
} as const;

/** The one file that a volunteer would replace. */
const PROGRAM = "kuager-probe.mjs";

/**
 * `kuager probe update --check`. Returns 0 whatever the answer is. Throws `usage`, `config` when not joined, `failed`
 * when no key is known, `bad_input` when what the collector offers is not signed with it, `try_later`.
 */
export async function runUpdateCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, FLAGS);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (!values.check) throw usageError("This program installs nothing by itself: only --check is known", USAGE);
  const folder = dataFolder(values.data, io.env);
  const membership = loadMembership(folder);
  if (membership === null)
    throw new CodedError("config", `This probe has not joined (${folder}): no collector to ask is known.`);
  const way = await openWay(readCertificates(values.ca), readProxy(values.proxy ?? membership.proxy));
  const found = await ask(membership, way, io.signal);
  const current = SOFTWARE.slice(SOFTWARE.indexOf("/") + 1);
  const trusted = values.key ?? membership.releaseKey;
  const release = found === null ? null : checked(found.signed, trusted);
  const newer = release !== null && isNewer(release.version, current);
  const words = wordsOf(languageOf(values.lang, io.env, membership.consent.language));
  if (values.json) io.out(`${JSON.stringify({ current, newer, release })}\n`);
  else if (release === null || found === null) io.out(`${words.updateUnknown}\n`);
  else
    io.out(
      `${newer ? fill(words.updateIs, told(release, current, found.url)) : fill(words.updateNone, { current })}\n`,
    );
  return EXIT.ok;
}

function told(release: Release, current: string, base: string) {
  const program = release.files.find(({ name }) => name === PROGRAM) ?? release.files[0];
  const file = program?.name ?? PROGRAM;
  return { version: release.version, current, file, url: `${base}/${file}`, sha256: program?.sha256 ?? "?" };
}

function checked(signed: SignedRelease, trusted: string | undefined): Release {
  if (trusted === undefined)
    throw new CodedError("failed", "The key of releases is not known here. Ask who invited you, and add --key KEY.");
  if (isSignedBy(signed, trusted)) return signed.release;
  throw new CodedError(
    "bad_input",
    "The collector offers a release that is not signed by those who make them. Do not install it, and tell who invited you.",
  );
}

/** What the first collector that answers offers; null when it offers nothing. */
async function ask({ collectors }: Membership, way: Way, signal: AbortSignal) {
  let last: unknown = new CodedError("try_later", "No address of a collector is known.");
  for (const collector of collectors) {
    const url = addressesOf(collector).release;
    try {
      const answer = await request({ method: "GET", url, way }, signal);
      if (answer.status === 404) return null;
      const parsed = parseJson(SignedRelease, answer.text);
      if (parsed.ok) return { signed: parsed.value, url };
      last = new CodedError("bad_input", `${new URL(url).origin} answers with something that is no release.`);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
