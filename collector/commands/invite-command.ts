import { z } from "zod";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { Access, Asn, Place, Role } from "../../protocol/primitives.ts";
import { loadRegions } from "../../targets/load.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { hashCode, newCode } from "../ingest/invite-code.ts";
import { inviteSalt } from "../ingest/invite-salt.ts";
import { openExistingStore } from "../store/open-store.ts";
import { utc } from "../time.ts";

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

const Wish = z.object({
  region: Place.nullable(),
  role: Role,
  asn: z.coerce.number().pipe(Asn).nullable(),
  access: Access.nullable(),
  "expires-hours": z.coerce.number().gt(0).max(8760),
  own: z.boolean(),
});

const HOUR_MS = 3_600_000;

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
    const code = newCode();
    const created = Date.now();
    const expires = created + Math.round(wish.expiresHours * HOUR_MS);
    const { role, region, asn, access, own } = wish;
    const hash = hashCode(await inviteSalt(store), code);
    await store.invites.add({ hash, role, region, asn, access, own, created, expires, used: null, probe: null });
    const invitation = collector === null ? null : `${code}@${collector}`;
    const answer = { code, expiresAt: utc(expires), role, region, asn, access, own, invitation };
    io.out(values.json ? `${JSON.stringify(answer)}\n` : await words(code, utc(expires), invitation));
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

function readWish(values: Readonly<Record<string, unknown>>) {
  const parsed = Wish.safeParse({
    region: values.region ?? null,
    role: values.role ?? "witness",
    asn: values.asn ?? null,
    access: values.access ?? null,
    "expires-hours": values["expires-hours"] ?? 72,
    own: values.own ?? false,
  });
  if (!parsed.success)
    throw usageError(
      parsed.error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`).join("; "),
      USAGE,
    );
  const { "expires-hours": expiresHours, ...wish } = parsed.data;
  checkRegion(wish);
  return { ...wish, expiresHours };
}

/** A witness stands in a region of the country; a region must be one that there is. */
function checkRegion({ region, role }: { region: string | null; role: Role }): void {
  if (region === null) return;
  const codes = loadRegions().map(({ code }) => code);
  const inside = region.startsWith("KZ-");
  if (inside && !codes.includes(region))
    throw usageError(`--region: there is no region ${region}. Regions are ${codes.join(" ")}`, USAGE);
  if (!inside && role === "witness")
    throw usageError(
      `--region: ${region} is no region of Kazakhstan; a probe abroad is invited with --role control`,
      USAGE,
    );
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
async function words(code: string, expires: string, invitation: string | null): Promise<string> {
  const typed = invitation ?? `${code} --collector https://YOUR-COLLECTOR`;
  const text = `Code: ${code}
It can be used once, until ${expires}. The volunteer types:
  kuager probe join ${typed}
`;
  if (invitation === null) return text;
  const { renderUnicodeCompact } = await import("uqr");
  return `${text}\nThe same as a QR code (${invitation}):\n\n${renderUnicodeCompact(invitation, { border: 2 })}\n`;
}
