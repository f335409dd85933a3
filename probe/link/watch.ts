import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { LINK_STATES, type LinkBody, type LinkState } from "../../protocol/records/link.ts";
import { type ProbeClock, utc } from "../clock.ts";
import type { Journal } from "../journal/journal.ts";
import type { Sensed } from "./sense.ts";

export type WatchOptions = {
  journal: Journal;
  clock: ProbeClock;
  log: Logger;
  linkS: () => number;
  look: (withPorts: boolean, signal: AbortSignal) => Promise<Sensed>;
  collectors: () => LinkBody["collector"];
  random?: () => number;
};

/** The line as it stands, and the loop that watches it. */
export type Watch = {
  /** Null until the first look. */
  state: () => LinkState | null;
  /** Looks once and writes what it found. */
  once: (signal: AbortSignal) => Promise<void>;
  /** Looks every `linkS` seconds (spread by a tenth) until the signal ends. */
  run: (signal: AbortSignal) => Promise<void>;
};

const REPEAT_MS = 300_000;

type Known = { state: LinkState; sinceWallMs: number; sinceMono: number; writtenMono: number };

/**
 * Watches the line: an entry at once when its state changes (a worse state only when a second look agrees, dated by
 * the first), else one every five minutes.
 */
export function createWatch(options: WatchOptions): Watch {
  const { clock, journal, log, random = Math.random } = options;
  let known: Known | null = null;

  const look = async (signal: AbortSignal): Promise<{ sensed: Sensed; atMono: number; atWallMs: number }> => {
    const atMono = clock.monoMs();
    const atWallMs = clock.wallMs();
    const first = await options.look(dueFor(atMono), signal);
    if (signal.aborted || known === null || rung(first.state) >= rung(known.state))
      return { sensed: first, atMono, atWallMs };
    const second = await options.look(true, signal);
    return { sensed: second, atMono, atWallMs };
  };
  const dueFor = (mono: number) => known === null || mono - known.writtenMono >= REPEAT_MS;

  const once = async (signal: AbortSignal) => {
    const { sensed, atMono, atWallMs } = await look(signal);
    if (signal.aborted) return;
    const changed = known?.state !== sensed.state;
    if (!changed && !dueFor(atMono)) return;
    if (changed) log.info({ from: known?.state ?? null, to: sensed.state }, "the state of the line");
    const since = changed || known === null ? { sinceWallMs: atWallMs, sinceMono: atMono } : known;
    known = { ...since, state: sensed.state, writtenMono: atMono };
    journal.append({ kind: "link", body: bodyOf(sensed, known, options.collectors()) }, { urgent: true });
  };

  return {
    state: () => known?.state ?? null,
    once,
    run: async (signal) => {
      while (!signal.aborted) {
        await once(signal).catch((error: unknown) => log.error({ err: error }, "a fault while looking at the line"));
        await sleep(options.linkS() * 1000 * (0.9 + 0.2 * random()), null, { signal }).catch(() => {});
      }
    },
  };
}

function bodyOf(sensed: Sensed, known: Known, collector: LinkBody["collector"]): LinkBody {
  return {
    state: sensed.state,
    since: utc(known.sinceWallMs),
    sinceMono: Math.round(known.sinceMono * 10) / 10,
    medium: sensed.medium,
    vpn: sensed.vpn,
    portal: sensed.portal,
    checks: sensed.checks,
    ports: sensed.ports,
    collector,
  };
}

function rung(state: LinkState): number {
  return LINK_STATES.indexOf(state);
}
