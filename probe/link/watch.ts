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

type Moment = { wallMs: number; mono: number };
/** `seen` is the latest look that found the line so. */
type Known = { state: LinkState; since: Moment; seen: Moment; writtenMono: number };

/**
 * Watches the line: an entry at once when its state changes (a worse state only when a second look agrees, dated by
 * the first), else one every five minutes. A change lies between the beginning of the last look that found the state
 * before (`previous.until`) and the end of the first that found another (`since`).
 */
export function createWatch(options: WatchOptions): Watch {
  const { clock, journal, log, random = Math.random } = options;
  let known: Known | null = null;

  const look = async (signal: AbortSignal): Promise<{ sensed: Sensed; begun: Moment; ended: Moment }> => {
    const begun = now();
    const first = await options.look(dueFor(begun.mono), signal);
    const ended = now();
    if (signal.aborted || known === null || rung(first.state) >= rung(known.state))
      return { sensed: first, begun, ended };
    return { sensed: await options.look(true, signal), begun, ended };
  };
  const now = (): Moment => ({ wallMs: clock.wallMs(), mono: clock.monoMs() });
  const dueFor = (mono: number) => known === null || mono - known.writtenMono >= REPEAT_MS;

  const once = async (signal: AbortSignal) => {
    const { sensed, begun, ended } = await look(signal);
    if (signal.aborted) return;
    const before = known;
    const changed = before?.state !== sensed.state;
    const due = dueFor(begun.mono);
    const since = changed || before === null ? ended : before.since;
    const writtenMono = changed || due ? begun.mono : (before?.writtenMono ?? begun.mono);
    known = { state: sensed.state, since, seen: begun, writtenMono };
    if (!changed && !due) return;
    if (changed) log.info({ from: before?.state ?? null, to: sensed.state }, "the state of the line");
    const body = bodyOf(sensed, known, changed ? before : null, options.collectors());
    journal.append({ kind: "link", body }, { urgent: true });
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

function bodyOf(sensed: Sensed, known: Known, before: Known | null, collector: LinkBody["collector"]): LinkBody {
  return {
    state: sensed.state,
    since: utc(known.since.wallMs),
    sinceMono: tenths(known.since.mono),
    ...(before === null
      ? {}
      : { previous: { state: before.state, until: utc(before.seen.wallMs), untilMono: tenths(before.seen.mono) } }),
    medium: sensed.medium,
    vpn: sensed.vpn,
    portal: sensed.portal,
    checks: sensed.checks,
    ports: sensed.ports,
    collector,
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function rung(state: LinkState): number {
  return LINK_STATES.indexOf(state);
}
