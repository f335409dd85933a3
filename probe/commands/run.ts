import type { Logger } from "pino";
import { CodedError } from "../../protocol/coded-error.ts";
import type { Io } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { loadTargetList } from "../../targets/load.ts";
import { loadMessengers } from "../../targets/messengers.ts";
import { createClock } from "../clock.ts";
import { tellsOfExtras } from "../consent/text.ts";
import { removeFile } from "../data-folder.ts";
import { type Identity, loadIdentity } from "../identity/identity.ts";
import { openRecovered } from "../journal/open-recovered.ts";
import type { Stamped } from "../journal/pending.ts";
import { createMeasurer } from "../measurer/measurer.ts";
import { loadConfig, loadMembership, type Membership } from "../membership/membership.ts";
import { isPaused } from "../pause.ts";
import { createCurrentConfig } from "../run/current-config.ts";
import { takeFollowUps } from "../run/follow-ups.ts";
import { createLog } from "../run/log.ts";
import { mannerOf } from "../run/manner.ts";
import { createLook, openLedger, type Parts } from "../run/parts.ts";
import { RUN_USAGE, type RunSettings, readRunSettings } from "../run/settings.ts";
import { comeToRest } from "../run/small-memory.ts";
import { type StretchEnd, untilResumed, workUntilTold } from "../run/stretch.ts";
import { startWatchdog } from "../run/watchdog.ts";
import { createHeritage } from "../uplink/heritage.ts";
import { openWay, readProxy } from "../uplink/way.ts";

const HELP = `Usage: ${RUN_USAGE}

Measures and delivers until it is told to stop (Ctrl-C, SIGTERM, or 'kuager probe leave').
At a terminal it says in plain words what happens; elsewhere, and with --log-json, log lines go to stderr as JSON.
KUAGER_LOG=error|warn|info|debug sets how many.

  --once                        look at the line, measure every site once, what else is due, deliver, end
  --dry-run                     measure a few sites, print exactly what would be sent, send and keep nothing
  --page PORT                   show how the probe stands at http://127.0.0.1:PORT, to this computer only
  --log-json                    log lines as JSON also at a terminal
  --data DIR                    data folder (also KUAGER_DATA)
  --budget-mb N                 most megabytes a day for measurements (also KUAGER_BUDGET_MB; default: as said at
                                joining, else 600)
  --budget-month-mb N           most megabytes in thirty days (also KUAGER_BUDGET_MONTH_MB; default: as said at joining)
  --quiet 23:00-07:00           hours without measuring, by this computer's clock, or none; the line is still watched
                                (default: as said at joining)
  --no-im                       do not measure messengers (hourly, if you agreed to them)
  --no-speed                    do not measure speed (some pairs of sites in a round, a sixth of the megabytes)
  --metered                     every byte costs: of speed measure handshakes only (so by itself on a mobile modem)
  --public-resolver IP[:PORT]   ask this DNS server instead of the usual public ones (may be repeated)
  --doh URL                     ask this DNS over HTTPS server instead of the usual ones (may be repeated)
  --control-sni NAME            innocent name for follow-ups
  --proxy URL                   reach the collector by this proxy: socks5h://127.0.0.1:9050 (Tor) or http://HOST:PORT
                                (also KUAGER_PROXY); measurements never go through it
  --dns-heartbeat               while nothing else reaches the collector, say over DNS that the probe is up; whoever runs
                                the resolver sees the collector's zone (not with a proxy)
  --ca FILE                     trust the PEM certificates in FILE as well (may be repeated)

For laboratories:
  --allow-private               connect to private addresses that DNS gives
  --im, --speed                 measure these also where rounds are less than a minute apart
  --targets DIR                 take messengers.ndjson and block-pages.ndjson from DIR
`;

/** Routine entries are committed together this often, which spares SD cards. */
const GROUP_MS = 60_000;

/**
 * `kuager probe run`. Returns 0 when it was told to end. Throws `usage`, `bad_input`; `config` when this folder has
 * not joined; `failed` for `--once` while paused; `try_later` when another probe runs here; `cannot_write` or `io`.
 */
export async function runRunCommand(argv: readonly string[], io: Io): Promise<number> {
  const settings = readRunSettings(argv, io.env);
  if (settings.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const { membership, identity } = joined(settings.folder);
  if (settings.once && isPaused(settings.folder))
    throw new CodedError("failed", "This probe is paused. Use: kuager probe resume");
  if (settings.dryRun) {
    await runDry(settings, membership, io);
    return EXIT.ok;
  }
  const log = createLog(settings, io);
  const clock = createClock();
  const endWatchdog = startWatchdog(io.env);
  let page: { close: () => void } | null = null;
  try {
    page = await openPage(settings, log);
    await workThrough(settings, { membership, identity, clock, log }, io);
  } finally {
    page?.close();
    endWatchdog();
  }
  return EXIT.ok;
}

async function runDry(settings: RunSettings, membership: Membership, io: Io): Promise<void> {
  // Both only for who asks: what lies in memory for months is kept small.
  const { dryRun } = await import("../run/dry-run.ts");
  const { JOIN_WORDS } = await import("../words/join/words.ts");
  const words = JOIN_WORDS[settings.language];
  const config = loadConfig(settings.folder, loadTargetList);
  io.err(`${words.dryRun}\n`);
  io.out(await dryRun({ settings, membership, env: io.env, config }, io.signal));
  io.err(`${words.dryRunEnd}\n`);
}

async function openPage({ folder, pagePort, language }: RunSettings, log: Logger) {
  if (pagePort === null) return null;
  const { serveStatusPage } = await import("../status-page/server.ts");
  const page = await serveStatusPage(folder, pagePort, language);
  log.info({ page: `http://127.0.0.1:${page.port}/` }, "a page on this computer shows how the probe stands");
  return page;
}

/** Works until told to end, with another journal and key where the first cannot be gone on with. */
async function workThrough(settings: RunSettings, started: Started, io: Io): Promise<void> {
  let carried: readonly Stamped[] = [];
  for (let { identity } = started; ; ) {
    // Anew for each: what the collector told one key is not what it tells another.
    const config = createCurrentConfig(settings.folder, started.clock, started.log);
    const opened = { ...openJournal(settings, { ...started, identity, config }, carried), config };
    identity = opened.identity;
    let end: StretchEnd;
    try {
      end = await work(settings, { ...started, ...opened }, io);
    } finally {
      carried = opened.journal.close();
    }
    if (end !== "recover") return;
  }
}

function joined(folder: string): { membership: Membership; identity: Identity } {
  const membership = loadMembership(folder);
  const identity = loadIdentity(folder);
  if (membership !== null && identity !== null) return { membership, identity };
  throw new CodedError("config", `This probe has not joined (${folder}). Use: kuager probe join CODE`);
}

function openJournal(
  { folder }: RunSettings,
  { identity, clock, log, config }: Omit<Opened, "journal" | "membership">,
  carried: readonly Stamped[],
) {
  // Where rounds follow one another within a minute, somebody is waiting for their results.
  const groupMs = Math.min(GROUP_MS, config.get().roundS * 1000);
  const opened = openRecovered({ folder, clock, groupMs, carried, log: log.child({ part: "journal" }) }, identity);
  // A flag left for a run that ended otherwise is not for this one.
  removeFile(folder, "stop");
  return opened;
}

type Started = Omit<Opened, "journal" | "config">;
type Opened = Pick<Parts, "membership" | "identity" | "journal" | "clock" | "log" | "config">;

async function work(settings: RunSettings, opened: Opened, io: Io): Promise<StretchEnd> {
  const { clock, log, identity, journal, config } = opened;
  const ledger = openLedger(settings, opened.journal, clock);
  const mayFollowUp = (target: string) => {
    const allowed = takeFollowUps(ledger.books, target, clock.monoMs(), config.get().roundS);
    ledger.keep();
    return allowed;
  };
  if (!tellsOfExtras(opened.membership.consent.version))
    log.info("messengers and speed are left out: the text agreed to at joining did not tell of them");
  const proxy = settings.proxy ?? readProxy(opened.membership.proxy);
  const way = await openWay(settings.ca, proxy);
  const measures = createMeasurer({
    manner: mannerOf(settings),
    env: io.env,
    mayFollowUp,
    log: log.child({ part: "measurer" }),
    onRest: comeToRest,
  });
  const parts: Parts = {
    ...opened,
    way,
    heritage: createHeritage({ folder: settings.folder, identity, journal, log: log.child({ part: "uplink" }), way }),
    settings,
    ledger,
    measures,
    messengers: loadMessengers(settings.targetsDir),
    seen: new Map(),
    look: createLook(settings, config),
  };
  try {
    while (await untilResumed(settings.folder, io.signal)) {
      const end = await workUntilTold(parts, io.signal);
      log.info({ end }, "the probe stops");
      if (settings.once || end !== "paused") return end;
    }
    return "stopped";
  } finally {
    await measures.close();
  }
}
