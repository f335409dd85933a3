import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { hasFlag, readText } from "../data-folder.ts";
import { askForRecovery } from "../journal/marks.ts";
import { startLife } from "../life/life.ts";
import { keepTime } from "../link/keep-time.ts";
import { createWatch, type Watch } from "../link/watch.ts";
import { systemResolvers } from "../measure/system-resolvers.ts";
import { isPaused } from "../pause.ts";
import { msUntilQuiet } from "../schedule/quiet-hours.ts";
import { startRounds } from "../schedule/rounds.ts";
import { Delivery } from "../uplink/deliver.ts";
import { keepDnsBeats } from "../uplink/dns-beat.ts";
import { oneRound } from "./one-round.ts";
import type { Parts } from "./parts.ts";
import { isLaboratory } from "./settings.ts";
import { comeToRest, growSlowly } from "./small-memory.ts";

/** Why work ended: the process was asked to, or a command left a flag in the data folder. */
export type StretchEnd = "stopped" | "paused" | "left" | "wiped" | "recover";

const FLAG_MS = 1000;
/** From the first look at the line until a young process has come to rest. */
const SETTLE_MS = 5000;
const FINISH_MS = 5000;
/** `run --once` waits longer for its one delivery. */
const ONCE_FINISH_MS = 30_000;

/**
 * Works from now until the signal ends or a flag appears: looks at the line, measures in rounds, delivers. Writes
 * `start` first and `stop` last, and ends with one last delivery of five seconds at most.
 */
export async function workUntilTold(parts: Parts, signal: AbortSignal): Promise<StretchEnd> {
  const { settings, journal, clock, config } = parts;
  const over = new AbortController();
  const all = AbortSignal.any([signal, over.signal]);
  // Every step of every job listens to it while it runs.
  setMaxListeners(0, all);
  const heartbeatS = () => config.get().heartbeatS;
  const life = startLife({ journal, clock, heartbeatS });
  const extras: { ask: (targets: readonly string[]) => void } = { ask: () => {} };
  const delivery = startDelivery(parts, life.writeAlive, (targets) => extras.ask(targets));
  const look = parts.look({ clock, routes: () => delivery.routes(), isDirect: parts.way.agent === undefined });
  const watch = createWatch({
    journal,
    clock,
    log: parts.log.child({ part: "link" }),
    linkS: () => config.get().linkS,
    look,
  });
  const isOffline = () => watch.state() === "none" || watch.state() === "lan";
  // The line first: a round's results are read beside its state.
  await watch.once(all);
  growSlowly();
  // Once the collector has said what it says first, too.
  setTimeout(comeToRest, SETTLE_MS).unref();
  const end = await (settings.once ? once() : forever());
  over.abort();
  if (end === "wiped") {
    life.close();
    await delivery.finish("wiped", 0);
    return end;
  }
  if (end === "recover") {
    // What is said from here on belongs to the journal that takes this one's place.
    life.writeAlive();
    life.close();
    await delivery.finish("recover", 0);
    return end;
  }
  life.stop(end);
  const delivered = await delivery.finish(end, settings.once ? ONCE_FINISH_MS : FINISH_MS);
  if (!delivered) parts.log.info({ waiting: journal.waiting() }, "entries wait for the next run");
  return end;

  async function once(): Promise<StretchEnd> {
    await oneRound(parts, { ids: null, offline: isOffline(), jitter: false }, all);
    return "stopped";
  }

  async function forever(): Promise<StretchEnd> {
    const { roundS } = config.get();
    // Those of a laboratory follow one another too fast to be announced, and in quiet hours none begins.
    if (!isLaboratory(roundS) && msUntilQuiet(settings.quiet, clock.wallMs() + clock.offset().offsetMs) > 0)
      parts.log.info({ roundS }, "rounds begin");
    const rounds = startRounds(
      {
        clock,
        log: parts.log.child({ part: "rounds" }),
        roundS: config.get().roundS,
        round: async (ids, stop) => {
          const begunMono = clock.monoMs();
          const result = await oneRound(parts, { ids, offline: isOffline(), jitter: true }, stop);
          watch.heardOf({ begunMono, ...result });
          return result;
        },
      },
      all,
    );
    extras.ask = rounds.extra;
    const forget = config.onChange(({ roundS }) => rounds.setCadence(roundS));
    const watching = watch.run(all);
    const timing = keepTime({ clock, log: parts.log, state: watch.state, readDates: look.dates }, all);
    const beating = beatOverDns(parts, delivery, watch, all);
    const why = await untilTold(settings.folder, signal);
    forget();
    over.abort();
    await Promise.all([rounds.close(), watching, timing, beating]);
    return why;
  }
}

function startDelivery(parts: Parts, writeAlive: () => void, onTask: (targets: readonly string[]) => void): Delivery {
  const { membership, identity, heritage, journal, clock, config, log, settings } = parts;
  return new Delivery({
    heritage,
    onFork: () => askForRecovery(settings.folder, "fork"),
    collectors: membership.collectors,
    identity,
    journal,
    clock,
    log: log.child({ part: "uplink" }),
    heartbeatS: () => config.get().heartbeatS,
    listVersion: config.listVersion,
    onConfig: config.set,
    onTask,
    beforePost: () => {
      writeAlive();
      journal.flush();
    },
    way: parts.way,
  });
}

/** Beats over DNS where the volunteer wants them; never beside a proxy, which hides the collector from the resolver. */
async function beatOverDns(parts: Parts, delivery: Delivery, watch: Pick<Watch, "state">, signal: AbortSignal) {
  const { settings, config, clock, journal, way, log } = parts;
  if (!settings.dnsHeartbeat) return;
  if (way.agent !== undefined) {
    log.warn("no heartbeats over DNS: the collector is reached by a proxy, and the resolver would learn of it");
    return;
  }
  const options = {
    told: () => config.get().dnsBeat,
    heartbeatS: () => config.get().heartbeatS,
    heardMs: () => delivery.heardMs(),
    lastSeq: () => journal.head().seq,
    resolvers: () => systemResolvers(),
    link: watch.state,
  };
  await keepDnsBeats({ ...options, clock, log: log.child({ part: "uplink" }) }, signal);
}

/** Waits for the signal or a flag, looking once a second. */
async function untilTold(folder: string, signal: AbortSignal): Promise<StretchEnd> {
  for (;;) {
    if (signal.aborted) return "stopped";
    if (hasFlag(folder, "stop")) return readText(folder, "stop") === "wipe" ? "wiped" : "left";
    if (hasFlag(folder, "recover")) return "recover";
    if (isPaused(folder)) return "paused";
    await sleep(FLAG_MS, null, { signal }).catch(() => {});
  }
}

/** Waits until the probe is no longer paused; true when it may work, false when it is to end. */
export async function untilResumed(folder: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted && !hasFlag(folder, "stop")) {
    if (!isPaused(folder)) return true;
    await sleep(FLAG_MS, null, { signal }).catch(() => {});
  }
  return false;
}
