import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { CodedError } from "../protocol/coded-error.ts";
import type { Io } from "../protocol/command-line.ts";
import { BeatZone } from "../protocol/dns-beat.ts";
import { plainProblem } from "./plain-problem.ts";

const number = (min: number, max: number) => z.coerce.number().min(min).max(max);
const port = z.coerce.number().int().min(0).max(65535);
const host = z.string().min(1).max(253);
const secret = z.string().min(1).max(1024).nullable();
/** An address without credentials and without a slash at its end. */
const address = z
  .string()
  .max(256)
  .refine(isPlainAddress, "expected an address such as https://kuager.example.org")
  .transform((text) => new URL(text).href.replace(/\/$/, ""));

/** Web addresses, separated by white space. */
const Addresses = z
  .string()
  .transform((text) => text.split(/\s+/).filter((word) => word !== ""))
  .pipe(z.array(z.url({ protocol: /^https?$/, message: "expected addresses such as https://stamp.example/" })).max(8));

const Config = z.object({
  data: z.string().min(1),
  targets: z.string().min(1).nullable(),
  /** Folder of a signed release of the probe. */
  releases: z.string().min(1).nullable(),
  host,
  port,
  /** Cadences that probes are told. */
  roundS: number(1, 86_400),
  heartbeatS: number(1, 600),
  linkS: number(1, 3600),
  /** Name of the transparency log, best a host name with a path that is ours for ever; null: made from its key. */
  origin: z
    .string()
    .regex(/^[^\s+]{1,128}$/, "expected a name without spaces and plus signs")
    .nullable(),
  /** A new head of the log is signed at most so often. */
  checkpointS: number(1, 86_400),
  /** A published incident gets a new version when it has not changed for this long. */
  versionS: number(0, 86_400),
  /** File that names witnesses of the log (C2SP tlog-policy); null: nobody is asked. */
  witnesses: z.string().min(1).nullable(),
  /** Addresses of time stamp authorities (RFC 3161) and of OpenTimestamps calendars. */
  stampers: Addresses,
  calendars: Addresses,
  /** Zone for which heartbeats are taken over DNS, and the UDP port; null: none. */
  dnsZone: BeatZone.nullable(),
  dnsPort: port,
  /** Where readers reach the pages: permanent addresses in feeds and alerts begin with it. Null: it is not known. */
  publicUrl: address.nullable(),
  /** Private ports; null: closed. */
  metricsPort: port.nullable(),
  metricsHost: host,
  adminPort: port.nullable(),
  adminHost: host,
  /** Where those who run the collector reach its administration; null: http://localhost and the port. */
  adminUrl: address.nullable(),
  /** Proxy by which alerts and fetches go out (http, https or socks5); null: none. */
  proxy: z
    .string()
    .regex(/^(?:https?|socks5):\/\/[^\s/]+\/?$/, "expected a proxy such as socks5://127.0.0.1:9050")
    .nullable(),
  /** Mail server for alerts as an smtp: or smtps: address with its account; and the sender. */
  smtpUrl: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, "expected an address such as smtps://user:password@mail.example.org")
    .max(1024)
    .nullable(),
  mailFrom: z.string().max(320).nullable(),
  telegramUrl: address,
  telegramToken: secret,
  matrixUrl: address.nullable(),
  matrixToken: secret,
  ntfyToken: secret,
  /** File of jobs that fetch series of other projects; null: none is fetched. */
  outsideJobs: z.string().min(1).nullable(),
  outsideToken: secret,
  /** Search of a public registry of prohibited resources, asked daily for each target; null: it is not asked. */
  registryUrl: address.nullable(),
  /** A name known to be listed there; `none`: answers are not checked by one. */
  registryControl: z.string().min(1).max(253),
  /** How often the API may be asked from one part of the network. */
  questionsAMinute: z.coerce.number().int().min(1).max(1_000_000),
  /** Days of which bulk files are kept; 0 keeps all of them, null (`off`) makes none. */
  bulkDays: z.union([z.literal("off").transform(() => null), z.coerce.number().int().min(0).max(100_000)]),
  logLevel: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
});
export type Config = Readonly<z.infer<typeof Config>>;

/** Flags that say where the collector's data are; every subcommand takes them. */
export const DATA_OPTION = { data: { type: "string" } } as const;

/** Where each value comes from: the flag, else the environment, else the default. Secrets have no flag: `ps` shows flags. */
const SOURCES = {
  data: { flag: "data", env: "KUAGER_COLLECTOR_DATA", fallback: "" },
  targets: { flag: "targets", env: "KUAGER_COLLECTOR_TARGETS", fallback: null },
  releases: { flag: "releases", env: "KUAGER_COLLECTOR_RELEASES", fallback: null },
  host: { flag: "host", env: "KUAGER_COLLECTOR_HOST", fallback: "127.0.0.1" },
  port: { flag: "port", env: "KUAGER_COLLECTOR_PORT", fallback: 8080 },
  roundS: { flag: "round-seconds", env: "KUAGER_COLLECTOR_ROUND_SECONDS", fallback: 900 },
  heartbeatS: { flag: "heartbeat-seconds", env: "KUAGER_COLLECTOR_HEARTBEAT_SECONDS", fallback: 30 },
  linkS: { flag: "link-seconds", env: "KUAGER_COLLECTOR_LINK_SECONDS", fallback: 15 },
  origin: { flag: "log-origin", env: "KUAGER_COLLECTOR_LOG_ORIGIN", fallback: null },
  checkpointS: { flag: "checkpoint-seconds", env: "KUAGER_COLLECTOR_CHECKPOINT_SECONDS", fallback: 60 },
  versionS: { flag: "version-seconds", env: "KUAGER_COLLECTOR_VERSION_SECONDS", fallback: 900 },
  witnesses: { flag: "log-witnesses", env: "KUAGER_COLLECTOR_LOG_WITNESSES", fallback: null },
  stampers: { flag: "log-stampers", env: "KUAGER_COLLECTOR_LOG_STAMPERS", fallback: "" },
  calendars: { flag: "log-calendars", env: "KUAGER_COLLECTOR_LOG_CALENDARS", fallback: "" },
  dnsZone: { flag: "dns-zone", env: "KUAGER_COLLECTOR_DNS_ZONE", fallback: null },
  dnsPort: { flag: "dns-port", env: "KUAGER_COLLECTOR_DNS_PORT", fallback: 53 },
  publicUrl: { flag: "public-url", env: "KUAGER_COLLECTOR_PUBLIC_URL", fallback: null },
  metricsPort: { flag: "metrics-port", env: "KUAGER_COLLECTOR_METRICS_PORT", fallback: null },
  metricsHost: { flag: "metrics-host", env: "KUAGER_COLLECTOR_METRICS_HOST", fallback: "127.0.0.1" },
  adminPort: { flag: "admin-port", env: "KUAGER_COLLECTOR_ADMIN_PORT", fallback: null },
  adminHost: { flag: "admin-host", env: "KUAGER_COLLECTOR_ADMIN_HOST", fallback: "127.0.0.1" },
  adminUrl: { flag: "admin-url", env: "KUAGER_COLLECTOR_ADMIN_URL", fallback: null },
  proxy: { flag: "proxy", env: "KUAGER_COLLECTOR_PROXY", fallback: null },
  smtpUrl: { flag: null, env: "KUAGER_COLLECTOR_SMTP_URL", fallback: null },
  mailFrom: { flag: "mail-from", env: "KUAGER_COLLECTOR_MAIL_FROM", fallback: null },
  telegramUrl: { flag: null, env: "KUAGER_COLLECTOR_TELEGRAM_URL", fallback: "https://api.telegram.org" },
  telegramToken: { flag: null, env: "KUAGER_COLLECTOR_TELEGRAM_TOKEN", fallback: null },
  matrixUrl: { flag: null, env: "KUAGER_COLLECTOR_MATRIX_URL", fallback: null },
  matrixToken: { flag: null, env: "KUAGER_COLLECTOR_MATRIX_TOKEN", fallback: null },
  ntfyToken: { flag: null, env: "KUAGER_COLLECTOR_NTFY_TOKEN", fallback: null },
  outsideJobs: { flag: "outside-jobs", env: "KUAGER_COLLECTOR_OUTSIDE_JOBS", fallback: null },
  outsideToken: { flag: null, env: "KUAGER_COLLECTOR_OUTSIDE_TOKEN", fallback: null },
  registryUrl: { flag: "registry-url", env: "KUAGER_COLLECTOR_REGISTRY_URL", fallback: null },
  registryControl: { flag: "registry-control", env: "KUAGER_COLLECTOR_REGISTRY_CONTROL", fallback: "torproject.org" },
  questionsAMinute: { flag: "questions-a-minute", env: "KUAGER_COLLECTOR_QUESTIONS_A_MINUTE", fallback: 600 },
  bulkDays: { flag: "bulk-days", env: "KUAGER_COLLECTOR_BULK_DAYS", fallback: 0 },
  logLevel: { flag: "log-level", env: "KUAGER_COLLECTOR_LOG_LEVEL", fallback: "info" },
} as const satisfies Record<keyof Config, { flag: string | null; env: string; fallback: string | number | null }>;

/**
 * The collector's configuration from flags and environment. Errors: `usage` when a flag is wrong, `config` when a
 * variable is; every problem is listed.
 */
export function readConfig(flags: Readonly<Record<string, unknown>>, env: Io["env"]): Config {
  const given = Object.entries(SOURCES).map(([key, { flag, env: name, fallback }]) => {
    const chosen = (flag === null ? undefined : flags[flag]) ?? env[name];
    return [key, chosen ?? (key === "data" ? defaultFolder(env) : fallback)];
  });
  const parsed = Config.safeParse(Object.fromEntries(given));
  if (parsed.success) return Object.freeze({ ...parsed.data, data: resolve(parsed.data.data) });
  const issues = parsed.error.issues.map((one) => ({ source: sourceOf(one.path[0]), message: plainProblem(one) }));
  const isFlag = ({ flag }: Source) => flag !== null && flags[flag] !== undefined;
  const byFlag = issues.some(({ source }) => isFlag(source));
  const lines = issues.map(({ source, message }) => `${isFlag(source) ? `--${source.flag}` : source.env}: ${message}`);
  throw new CodedError(byFlag ? "usage" : "config", `Wrong configuration.\n${lines.join("\n")}`);
}

/** The folder of a collector's data as flags and environment say. */
export function dataFolder(flags: { data?: string | undefined }, env: Io["env"]): string {
  return readConfig({ data: flags.data }, { KUAGER_COLLECTOR_DATA: env.KUAGER_COLLECTOR_DATA, HOME: env.HOME }).data;
}

function defaultFolder(env: Io["env"]): string {
  return join(env.XDG_DATA_HOME ?? join(env.HOME ?? homedir(), ".local/share"), "kuager/collector");
}

type Source = { flag: string | null; env: string };

function sourceOf(key: PropertyKey | undefined): Source {
  const found = Object.entries(SOURCES).find(([name]) => name === key);
  return found?.[1] ?? { flag: String(key), env: String(key) };
}

function isPlainAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.search === "" && url.hash === "";
}
