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
import { readProxy } from "../uplink/way.ts";

export const RUN_USAGE = "kuager probe run [--once] [--data DIR] [--lang kk|ru|en]";

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
  im: { type: "boolean" },
  "no-im": { type: "boolean" },
  speed: { type: "boolean" },
  "no-speed": { type: "boolean" },
  metered: { type: "boolean" },
  targets: { type: "string" },
} as const;

/** How this process works; none of it is stored. */
export type RunSettings = {
  help: boolean;
  folder: string;
  language: Language;
  logLevel: string;
  once: boolean;
  ca: readonly string[];
  /** The proxy asked for here; null: the one of joining, if any. */
  proxy: URL | null;
  publicResolvers: readonly string[];
  doh: readonly string[];
  controlSni: string;
  allowPrivate: boolean;
  /** Most bytes that measurements move in a day. */
  budgetBytes: number;
  /** Whether messengers, and speed, are measured; null: in all but laboratories (see {@link isLaboratory}). */
  im: boolean | null;
  speed: boolean | null;
  /** Whether every byte costs: then of speed only handshakes are measured. */
  metered: boolean;
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
  for (const resolver of values["public-resolver"] ?? [])
    if (parseEndpoint(resolver, 53) === null) throw usageError(`'${resolver}' is not IP or IP:PORT`, RUN_USAGE);
  for (const url of values.doh ?? [])
    if (!/^https:\/\/\S+$/.test(url) || !URL.canParse(url)) throw usageError(`'${url}' is not an https URL`, RUN_USAGE);
  return {
    help: values.help ?? false,
    folder: dataFolder(values.data, env),
    language: languageOf(values.lang, env),
    logLevel: logLevel(env),
    once: values.once ?? false,
    ca: readCertificates(values.ca),
    proxy: readProxy(values.proxy ?? env.KUAGER_PROXY),
    publicResolvers: values["public-resolver"] ?? PUBLIC_RESOLVERS,
    doh: values.doh ?? DOH,
    controlSni: values["control-sni"] ?? CONTROL_SNI,
    allowPrivate: values["allow-private"] ?? false,
    budgetBytes: positiveNumber("--budget-mb", values["budget-mb"] ?? env.KUAGER_BUDGET_MB, BUDGET_MB) * 1024 * 1024,
    im: asked(values.im, values["no-im"]),
    speed: asked(values.speed, values["no-speed"]),
    metered: values.metered ?? false,
    targetsDir: values.targets,
  };
}

function asked(yes: boolean | undefined, no: boolean | undefined): boolean | null {
  if (no) return false;
  return yes ? true : null;
}
