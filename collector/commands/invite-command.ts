import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { loadRegions } from "../../targets/load.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { InviteWish, type MadeInvite, makeInvite, placeProblem } from "../ingest/make-invite.ts";
import { openExistingStore } from "../store/open-store.ts";
import { writeDown } from "./write-down.ts";

const USAGE =
  "kuager collector invite [--region KZ-75] [--role witness|control] [--asn N] [--access fixed|mobile] [--expires-hours N] [--own] [--collector URL] [--json] [--data DIR]";

const HELP = `${USAGE}

Prints a code with which one probe can join, once. Nothing about the volunteer is asked or kept.

  --region CODE       where the probe will stand: KZ-75, or a country for a control (DE)
  --role ROLE         witness (default), or control: a probe on a network that is not censored
  --asn N             its network's AS number
  --access KIND       fixed or mobile
  --expires-hours N   how long the code can be used (default 72)
  --own               the probe that runs beside this collector; the first page shows its line
  --collector URL     the address at which volunteers reach this collector: it is then part of the invitation, which is
                      shown as a QR code too
  --json              print JSON
`;

const OPTIONS = {
  ...DATA_OPTION,
  region: { type: "string" },
  role: { type: "string" },
  asn: { type: "string" },
  access: { type: "string" },
  "expires-hours": { type: "string" },
  own: { type: "boolean" },
  collector: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** What each flag takes, for whoever gave it something else. */
const WANTED = {
  region: "takes the code of a region such as KZ-75, or of a country for a control (DE)",
  role: "takes witness or control",
  asn: "takes the number of a network, such as 9198",
  access: "takes fixed or mobile",
  "expires-hours": "takes a number of hours, such as 72",
} as const;

/** `kuager collector invite`: stores the hash of a new code and prints the code. Errors: `usage`, the store's. */
export async function runInvite(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, OPTIONS);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const wish = readWish(values);
  const collector = readAddress(values.collector);
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    const { "expires-hours": _hours, ...told } = wish;
    const made = await makeInvite(store, wish, { at: Date.now(), collector });
    await writeDown(store, "probe invited", { subject: wish.region ?? "", detail: wish.role });
    const answer = { code: made.code, expiresAt: made.expiresAt, ...told, invitation: made.invitation };
    io.out(values.json ? `${JSON.stringify(answer)}\n` : await words(made));
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

function readWish(values: Readonly<Record<string, unknown>>): InviteWish {
  const parsed = InviteWish.safeParse({
    region: values.region ?? null,
    role: values.role ?? "witness",
    asn: values.asn ?? null,
    access: values.access ?? null,
    "expires-hours": values["expires-hours"] ?? 72,
    own: values.own ?? false,
  });
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    throw usageError(
      Object.entries(WANTED)
        .flatMap(([flag, says]) => (wrong.has(flag) ? `--${flag} ${says}, not '${values[flag]}'` : []))
        .join("; "),
      USAGE,
    );
  }
  const problem = placeProblem(
    parsed.data,
    loadRegions().map(({ code }) => code),
  );
  if (problem !== null) throw usageError(`--region: ${problem}`, USAGE);
  return parsed.data;
}

/** The collector's address as volunteers type it, without a slash at its end; null when it is not given. */
function readAddress(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.search === "";
  if (isPlain && text.length <= 256) return url.href.replace(/\/$/, "");
  throw usageError(`--collector: '${text}' is no address such as https://collector.example:8080`, USAGE);
}

/** The invitation as text, and as a QR code of the same text where it carries the address. */
async function words({ code, expiresAt: expires, invitation }: MadeInvite): Promise<string> {
  const typed = invitation ?? `${code} --collector https://YOUR-COLLECTOR`;
  const text = `Code: ${code}
It can be used once, until ${expires}. The volunteer types:
  kuager probe join ${typed}
`;
  if (invitation === null) return text;
  const { renderUnicodeCompact } = await import("uqr");
  return `${text}\nThe same as a QR code (${invitation}):\n\n${renderUnicodeCompact(invitation, { border: 2 })}\n`;
}
