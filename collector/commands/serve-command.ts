import pino from "pino";
import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import type { Pages } from "../api/types.ts";
import { DATA_OPTION, readConfig } from "../config.ts";
import { serve } from "../serve.ts";

const USAGE = "kuager collector serve [--data DIR] [--port N] [FLAG]…   ('kuager collector serve --help' names all)";

const HELP = `kuager collector serve [--data DIR] [--port N] [FLAG]…

Runs a collector until it is told to stop (Ctrl+C or SIGTERM).

  --data DIR              where it keeps everything (default ~/.local/share/kuager/collector)
  --port N                default 8080; 0 takes any free port
  --host ADDR             default 127.0.0.1, which only this machine can reach
  --targets DIR           data files that replace the project's own
  --releases DIR          a signed release of the probe (bin/release.mjs), which probes may look at and fetch
  --round-seconds N       how often probes measure the whole list (default 900)
  --heartbeat-seconds N   how often probes say that they are there (default 30); three missed are silence
  --link-seconds N        how often probes look at their own line (default 15)
  --log-origin NAME       name of the transparency log, such as log.example.org/kz; keep it for ever once it is published
  --checkpoint-seconds N  the head of the log is signed anew at most so often (default 60)
  --version-seconds N     a published incident gets a new version when nothing of it has changed for so long (default 900)
  --log-witnesses FILE    witnesses that are asked to cosign heads of the log (a policy of C2SP tlog-policy with addresses)
  --log-stampers URLS     time stamp authorities (RFC 3161) that are asked once a day to stamp the head of the log
  --log-calendars URLS    calendars of OpenTimestamps, likewise
  --dns-zone ZONE         take heartbeats as DNS questions for names in this zone, which is delegated to this machine
  --dns-port N            UDP port for them (default 53)
  --public-url URL        where readers reach the pages; permanent addresses in feeds and alerts begin with it
  --metrics-port N        serve /metrics, /healthz and /readyz on this port (default: closed)
  --metrics-host ADDR     default 127.0.0.1
  --admin-port N          serve the administration on this port (default: closed); see 'kuager collector account'
  --admin-host ADDR       default 127.0.0.1
  --admin-url URL         where you reach it, such as https://admin.example.org (default http://localhost and the port)
  --proxy URL             alerts and fetches go out by this proxy: http://, https:// or socks5://
  --mail-from ADDR        sender of alerts by e-mail
  --outside-jobs FILE     fetch series of other projects as FILE says (default: nothing is fetched)
  --registry-url URL      ask this public registry of prohibited resources for each target once a day, for example
                          https://www.gov.kz/banned_sites (default: nobody is asked)
  --registry-control NAME a name known to be listed there (default torproject.org); while it is not found, answers about
                          others are not believed; 'none' to do without
  --questions-a-minute N  how often the API may be asked from one part of the network (default 600)
  --bulk-days N           days of which daily files are kept (default 0: of all days; off: none are made)
  --log-level LEVEL       error, warn, info or debug (default info)

Each flag can be set by the environment too: KUAGER_COLLECTOR_DATA, _PORT, _HOST, _TARGETS, _ROUND_SECONDS, … Keys are
set there alone: KUAGER_COLLECTOR_SMTP_URL, _TELEGRAM_TOKEN, _MATRIX_URL, _MATRIX_TOKEN, _NTFY_TOKEN, _OUTSIDE_TOKEN.
`;

const OPTIONS = {
  ...DATA_OPTION,
  port: { type: "string" },
  host: { type: "string" },
  targets: { type: "string" },
  releases: { type: "string" },
  "round-seconds": { type: "string" },
  "heartbeat-seconds": { type: "string" },
  "link-seconds": { type: "string" },
  "log-origin": { type: "string" },
  "checkpoint-seconds": { type: "string" },
  "version-seconds": { type: "string" },
  "log-witnesses": { type: "string" },
  "log-stampers": { type: "string" },
  "log-calendars": { type: "string" },
  "dns-zone": { type: "string" },
  "dns-port": { type: "string" },
  "public-url": { type: "string" },
  "metrics-port": { type: "string" },
  "metrics-host": { type: "string" },
  "admin-port": { type: "string" },
  "admin-host": { type: "string" },
  "admin-url": { type: "string" },
  proxy: { type: "string" },
  "mail-from": { type: "string" },
  "outside-jobs": { type: "string" },
  "registry-url": { type: "string" },
  "registry-control": { type: "string" },
  "questions-a-minute": { type: "string" },
  "bulk-days": { type: "string" },
  "log-level": { type: "string" },
  help: { type: "boolean" },
} as const;

/** `kuager collector serve`: runs until the signal; exit code 0. Errors: those of {@link serve} and of the flags. */
export async function runServe(argv: readonly string[], io: Io, pages: Pages): Promise<number> {
  const { values } = readArguments(argv, USAGE, OPTIONS);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const config = readConfig(values, io.env);
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: io.out });
  log.info(
    { part: "serve", data: config.data },
    "starting: what is stored is read first, which takes a while if it is much",
  );
  const serving = await serve({ config, pages, log });
  log.info({ part: "serve", url: serving.url, port: serving.port, data: config.data }, "listening");
  await aborted(io.signal);
  log.info({ part: "serve" }, "stopping");
  await serving.close();
  return EXIT.ok;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
