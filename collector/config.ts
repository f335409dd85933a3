import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { CodedError } from "../protocol/coded-error.ts";
import type { Io } from "../protocol/command-line.ts";
import { BeatZone } from "../protocol/dns-beat.ts";

const number = (min: number, max: number) => z.coerce.number().min(min).max(max);

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
  host: z.string().min(1).max(253),
  port: z.coerce.number().int().min(0).max(65535),
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
  /** File that names witnesses of the log (C2SP tlog-policy); null: nobody is asked. */
  witnesses: z.string().min(1).nullable(),
  /** Addresses of time stamp authorities (RFC 3161) and of OpenTimestamps calendars. */
  stampers: Addresses,
  calendars: Addresses,
  /** Zone for which heartbeats are taken over DNS, and the UDP port; null: none. */
  dnsZone: BeatZone.nullable(),
  dnsPort: z.coerce.number().int().min(0).max(65535),
  logLevel: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
});
export type Config = Readonly<z.infer<typeof Config>>;

/** Flags that say where the collector's data are; every subcommand takes them. */
export const DATA_OPTION = { data: { type: "string" } } as const;

/** Where each value comes from: the flag, else the environment, else the default. */
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
  witnesses: { flag: "log-witnesses", env: "KUAGER_COLLECTOR_LOG_WITNESSES", fallback: null },
  stampers: { flag: "log-stampers", env: "KUAGER_COLLECTOR_LOG_STAMPERS", fallback: "" },
  calendars: { flag: "log-calendars", env: "KUAGER_COLLECTOR_LOG_CALENDARS", fallback: "" },
  dnsZone: { flag: "dns-zone", env: "KUAGER_COLLECTOR_DNS_ZONE", fallback: null },
  dnsPort: { flag: "dns-port", env: "KUAGER_COLLECTOR_DNS_PORT", fallback: 53 },
  logLevel: { flag: "log-level", env: "KUAGER_COLLECTOR_LOG_LEVEL", fallback: "info" },
} as const satisfies Record<keyof Config, { flag: string; env: string; fallback: string | number | null }>;

/**
 * The collector's configuration from flags and environment. Errors: `usage` when a flag is wrong, `config` when a
 * variable is; every problem is listed.
 */
export function readConfig(flags: Readonly<Record<string, unknown>>, env: Io["env"]): Config {
  const given = Object.entries(SOURCES).map(([key, { flag, env: name, fallback }]) => {
    const chosen = flags[flag] ?? env[name];
    return [key, chosen ?? (key === "data" ? defaultFolder(env) : fallback)];
  });
  const parsed = Config.safeParse(Object.fromEntries(given));
  if (parsed.success) return Object.freeze({ ...parsed.data, data: resolve(parsed.data.data) });
  const issues = parsed.error.issues.map(({ path, message }) => ({ source: sourceOf(path[0]), message }));
  const byFlag = issues.some(({ source }) => flags[source.flag] !== undefined);
  const lines = issues.map(({ source, message }) =>
    flags[source.flag] === undefined ? `${source.env}: ${message}` : `--${source.flag}: ${message}`,
  );
  throw new CodedError(byFlag ? "usage" : "config", `Wrong configuration.\n${lines.join("\n")}`);
}

/** The folder of a collector's data as flags and environment say. */
export function dataFolder(flags: { data?: string | undefined }, env: Io["env"]): string {
  return readConfig({ data: flags.data }, { KUAGER_COLLECTOR_DATA: env.KUAGER_COLLECTOR_DATA, HOME: env.HOME }).data;
}

function defaultFolder(env: Io["env"]): string {
  return join(env.XDG_DATA_HOME ?? join(env.HOME ?? homedir(), ".local/share"), "kuager/collector");
}

function sourceOf(key: PropertyKey | undefined): { flag: string; env: string } {
  const found = Object.entries(SOURCES).find(([name]) => name === key);
  return found?.[1] ?? { flag: String(key), env: String(key) };
}
