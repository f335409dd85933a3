import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import {
  COMMON_FLAGS,
  dataFolder,
  type Language,
  languageOf,
  logLevel,
  positiveNumber,
  readCertificates,
} from "../config.ts";
import { parseEndpoint } from "../measure/endpoint.ts";
import { type Limits, rememberedLanguage, rememberedLimits } from "../membership/membership.ts";
import { parseQuietHours, type QuietHours } from "../schedule/quiet-hours.ts";
import { readProxy } from "../uplink/way.ts";

export const RUN_USAGE = "kuager probe run [--once|--dry-run] [--page PORT] [--data DIR] [--lang kk|ru|en]";

const FLAGS = {
  ...COMMON_FLAGS,
  once: { type: "boolean" },
  ca: { type: "string", multiple: true },
  proxy: { type: "string" },
  "public-resolver": { type: "string", multiple: true },
  doh: { type: "string", multiple: true },
  "control-sni": { type: "string" },
  "allow-private": { type: "boolean" },
  "budget-mb": { type: "string" },
  "budget-month-mb": { type: "string" },
  quiet: { type: "string" },
  "dry-run": { type: "boolean" },
  "log-json": { type: "boolean" },
  page: { type: "string" },
  im: { type: "boolean" },
  "no-im": { type: "boolean" },
  speed: { type: "boolean" },
  "no-speed": { type: "boolean" },
  metered: { type: "boolean" },
  "dns-heartbeat": { type: "boolean" },
  targets: { type: "string" },
} as const;

/** How this process works; none of it is stored. */
export type RunSettings = {
  help: boolean;
  folder: string;
  language: Language;
  logLevel: string;
  /** Whether log lines are JSON also at a terminal. */
  logJson: boolean;
  once: boolean;
  ca: readonly string[];
  /** The proxy asked for here; null: the one of joining, if any. */
  proxy: URL | null;
  publicResolvers: readonly string[];
  doh: readonly string[];
  controlSni: string;
  allowPrivate: boolean;
  /** Most bytes that measurements move in a day, and in thirty days (null: as many as the days allow). */
  budgetBytes: number;
  budgetMonthBytes: number | null;
  /** Hours without rounds. */
  quiet: QuietHours | null;
  /** Whether to measure a few sites, print what would be sent, and send nothing. */
  dryRun: boolean;
  /** Port of the page on loopback that shows how the probe stands; null for none. */
  pagePort: number | null;
  /** Whether messengers, and speed, are measured; null: in all but laboratories (see {@link isLaboratory}). */
  im: boolean | null;
  speed: boolean | null;
  /** Whether every byte costs: then of speed only handshakes are measured. */
  metered: boolean;
  /** Whether to say over DNS that the host is up while nothing else reaches the collector. */
  dnsHeartbeat: boolean;
  /** A folder whose messengers and block pages take the place of the bundled ones. */
  targetsDir: string | undefined;
};

/** Asked beside the host's own resolver, so that a lie of the latter shows; two operators each. */
const PUBLIC_RESOLVERS = ["8.8.8.8", "1.1.1.1"];
const DOH = ["https://dns.google/dns-query", "https://cloudflare-dns.com/dns-query"];
/** A name that nobody blocks, reserved for documentation (RFC 2606). */
const CONTROL_SNI = "example.com";
/** About a round of a hundred sites every quarter of an hour, pages included. */
const BUDGET_MB = 600;
/** Rounds closer than this are those of laboratories and tests. */
const LABORATORY_BELOW_S = 60;

/** Whether rounds of this cadence are those of a laboratory: there sites are what matters, and an hour is too long. */
export function isLaboratory(roundS: number): boolean {
  return roundS < LABORATORY_BELOW_S;
}

/** Reads the words of `kuager probe run` and the variables it knows. Throws `usage`, `bad_input` or `config`. */
export function readRunSettings(argv: readonly string[], env: Io["env"]): RunSettings {
  const { values } = readArguments(argv, RUN_USAGE, FLAGS);
  const folder = dataFolder(values.data, env);
  const limits = rememberedLimits(folder);
  return {
    help: values.help ?? false,
    folder,
    language: languageOf(values.lang, env, rememberedLanguage(folder)),
    logLevel: logLevel(env),
    logJson: values["log-json"] === true || env.KUAGER_LOG !== undefined,
    once: values.once ?? false,
    ca: readCertificates(values.ca),
    proxy: readProxy(values.proxy ?? env.KUAGER_PROXY),
    ...readResolvers(values["public-resolver"], values.doh),
    controlSni: values["control-sni"] ?? CONTROL_SNI,
    allowPrivate: values["allow-private"] ?? false,
    ...readBudgets(values, env, limits),
    quiet: readQuiet(values.quiet ?? limits.quiet),
    dryRun: values["dry-run"] ?? false,
    pagePort: values.page === undefined ? null : readPort(values.page),
    im: asked(values.im, values["no-im"]),
    speed: asked(values.speed, values["no-speed"]),
    metered: values.metered ?? limits.metered ?? false,
    dnsHeartbeat: values["dns-heartbeat"] === true,
    targetsDir: values.targets,
  };
}

function readResolvers(
  publicResolvers: readonly string[] = PUBLIC_RESOLVERS,
  doh: readonly string[] = DOH,
): Pick<RunSettings, "publicResolvers" | "doh"> {
  for (const resolver of publicResolvers)
    if (parseEndpoint(resolver, 53) === null) throw usageError(`'${resolver}' is not IP or IP:PORT`, RUN_USAGE);
  for (const url of doh)
    if (!/^https:\/\/\S+$/.test(url) || !URL.canParse(url)) throw usageError(`'${url}' is not an https URL`, RUN_USAGE);
  return { publicResolvers, doh };
}

const MIB = 1024 * 1024;

/** The megabytes allowed: flags, then variables, then what was said at joining, then the default. Throws `usage`. */
export function readBudgets(
  flags: { "budget-mb"?: string; "budget-month-mb"?: string },
  env: Io["env"],
  limits: Limits,
): Pick<RunSettings, "budgetBytes" | "budgetMonthBytes"> {
  const dayMb = positiveNumber("--budget-mb", flags["budget-mb"] ?? env.KUAGER_BUDGET_MB, limits.dayMb ?? BUDGET_MB);
  const month = flags["budget-month-mb"] ?? env.KUAGER_BUDGET_MONTH_MB;
  const monthMb = month || limits.monthMb ? positiveNumber("--budget-month-mb", month, limits.monthMb ?? 0) : null;
  return { budgetBytes: dayMb * MIB, budgetMonthBytes: monthMb === null ? null : monthMb * MIB };
}

/** Quiet hours as typed; null for none. Throws `usage`. */
export function readQuiet(text: string | undefined): QuietHours | null {
  if (text === undefined || text === "" || text === "none") return null;
  const quiet = parseQuietHours(text);
  if (quiet !== null) return quiet;
  throw usageError(`'${text}' are no quiet hours: they look like 23:00-07:00, or none`, RUN_USAGE);
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw usageError(`--page is '${text}', not a port from 1 to 65535`, RUN_USAGE);
}

function asked(yes: boolean | undefined, no: boolean | undefined): boolean | null {
  if (no) return false;
  return yes ? true : null;
}
