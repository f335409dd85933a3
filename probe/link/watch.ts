import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { LinkBody, LinkEdge, LinkState } from "../../protocol/records/link.ts";
import type { ProbeClock } from "../clock.ts";
import type { Journal } from "../journal/journal.ts";
import { isBest, isWell, periodMs, REPEAT_MS, SETTLE } from "./cadence.ts";
import type { Look, LookManner } from "./look.ts";
import { edgesOf, isSame, type Seen, seenAfter, seenAll, tenths, wallOf } from "./moments.ts";
import type { Sensed } from "./sense.ts";

export type WatchOptions = {
  journal: Journal;
  clock: ProbeClock;
  log: Logger;
  linkS: () => number;
  look: Look;
  random?: () => number;
  settleMs?: number;
};

/** The line as it stands, and the loop that watches it. */
export type Watch = {
  /** Null until the first look. */
  state: () => LinkState | null;
  /** Looks once and writes what it found. */
  once: (signal: AbortSignal) => Promise<void>;
  /** What a round of measurements says of the line; `begunMono` is when it began. */
  heardOf: (round: RoundWord) => void;
  /** Looks every `linkS` seconds, oftener around a change and while the line is bad, until the signal ends. */
  run: (signal: AbortSignal) => Promise<void>;
};

/** A round's result in numbers. */
export type RoundWord = { begunMono: number; measured: number; anomalies: number };

type Known = {
  sensed: Sensed;
  sinceMono: number;
  seen: Seen;
  writtenMono: number;
  /** When something last changed. */
  changedMono: number;
};

/** Least time from one look to the next for the sake of the collector. */
const OVERDUE_LEAST_MS = 1000;
/** Sites in a round from which it says something of the line. */
const ROUND_LEAST = 3;

/**
 * Watches the line: an entry at once when its state, its condition or anything else of weight changes, else one every
 * five minutes. A change for the worse counts when looks three seconds apart agree, dated by the first; each change
 * lies between the last proof of the state before and the first look that found another.
 */
export function createWatch(options: WatchOptions): Watch {
  const { clock, journal, log, look, random = Math.random, settleMs = SETTLE.everyMs } = options;
  let known: Known | null = null;
  let doubted = false;
  const isDue = () => known === null || clock.monoMs() - known.writtenMono >= REPEAT_MS;

  /** When the latest look in full began. */
  let latestMono = 0;
  const seenNow = (): Seen => ({ ...seenAll(latestMono), collector: look.heardMono() ?? latestMono });
  const fullLook = (how: LookManner, signal: AbortSignal) => {
    latestMono = clock.monoMs();
    return look.full(how, signal);
  };

  /** Whether a cheap look found nothing new. */
  const isQuiet = async (before: Known, signal: AbortSignal): Promise<boolean> => {
    if (!isWell(before.sensed) || isDue() || doubted) return false;
    const begunMono = clock.monoMs();
    const { ok, proved } = await look.quiet(signal);
    const seen = seenAfter(before.seen, proved, begunMono);
    known = { ...before, seen: { ...seen, collector: look.heardMono() ?? seen.collector } };
    return ok || signal.aborted;
  };

  /** Looks until two looks in a row agree; null when the first was wrong and nothing has changed. */
  const settled = async (before: Known, first: Sensed, signal: AbortSignal): Promise<Sensed | null> => {
    let last = first;
    for (let count = 1; count < SETTLE.looks && !signal.aborted; count++) {
      await sleep(settleMs, null, { signal }).catch(() => {});
      const again = await fullLook("atOnce", signal);
      if (isSame(before.sensed, again)) return null;
      if (isSame(last, again)) return again;
      last = again;
    }
    return last;
  };

  const lookInFull = async (signal: AbortSignal, firstBadMono: number | null) => {
    const before = known;
    const sensed = await fullLook(manner(before, firstBadMono !== null || doubted), signal);
    doubted = false;
    const endedMono = firstBadMono ?? clock.monoMs();
    if (signal.aborted) return;
    if (before === null) return write(sensed, null, endedMono);
    const isWorse = !isSame(before.sensed, sensed) && !isBest(sensed);
    const sure = isWorse ? await settled(before, sensed, signal) : sensed;
    if (signal.aborted) return;
    if (sure === null || isSame(before.sensed, sure)) {
      known = { ...before, sensed: sure ?? before.sensed, seen: seenNow() };
      if (isDue()) write(known.sensed, known, before.sinceMono);
      return;
    }
    write(sure, before, endedMono);
  };

  const write = (sensed: Sensed, before: Known | null, atMono: number) => {
    const edges = before === null ? [] : edgesOf(before.sensed, sensed, before.seen, atMono, clock);
    const isNewState = before === null || before.sensed.state !== sensed.state;
    const sinceMono = isNewState ? atMono : before.sinceMono;
    const writtenMono = clock.monoMs();
    const changedMono = edges.length > 0 || before === null ? writtenMono : before.changedMono;
    known = { sensed, sinceMono, seen: seenNow(), writtenMono, changedMono };
    if (before === null) log.debug({ state: sensed.state, condition: sensed.condition }, "the line");
    for (const { of, from, to, boundMs } of edges) log.info({ of, from, to, boundMs }, "the line has changed");
    journal.append({ kind: "link", body: bodyOf(sensed, sinceMono, edges, clock) }, { urgent: true });
  };

  const once = async (signal: AbortSignal) => {
    if (known !== null && (await isQuiet(known, signal))) return;
    const isFailed = known !== null && isWell(known.sensed) && !isDue() && !doubted;
    await lookInFull(signal, isFailed ? clock.monoMs() : null);
  };

  return {
    state: () => known?.sensed.state ?? null,
    once,
    // Sites that prove who they are do so for the line as well, at no cost; when most fail, identity is to be proved anew.
    heardOf: ({ begunMono, measured, anomalies }) => {
      if (known === null || measured < ROUND_LEAST) return;
      if (anomalies * 2 >= measured) doubted = true;
      else known = { ...known, seen: { ...known.seen, proof: Math.max(known.seen.proof, begunMono) } };
    },
    run: async (signal) => {
      while (!signal.aborted) {
        const begunMono = clock.monoMs();
        await once(signal).catch((error: unknown) => log.error({ err: error }, "a fault while looking at the line"));
        const sinceChangeMs = begunMono - (known?.changedMono ?? begunMono);
        const period = periodMs(options.linkS(), known?.sensed ?? null, sinceChangeMs, random);
        const leftMs = Math.max(0, period - (clock.monoMs() - begunMono));
        // A collector that falls silent is looked at as soon as its word is overdue.
        const overdueMs = Math.max(OVERDUE_LEAST_MS, look.overdueMs() ?? leftMs);
        await sleep(Math.min(leftMs, overdueMs), null, { signal }).catch(() => {});
      }
    },
  };
}

function manner(before: Known | null, isDoubtful: boolean): LookManner {
  if (before === null) return "first";
  if (!isWell(before.sensed)) return "atOnce";
  return isDoubtful ? "doubtful" : "calm";
}

function bodyOf(sensed: Sensed, sinceMono: number, edges: readonly LinkEdge[], clock: ProbeClock): LinkBody {
  const state = edges.find(({ of }) => of === "state");
  const { condition, carrier, defaultRoutes, family, ...body } = sensed;
  return {
    ...body,
    since: wallOf(clock, sinceMono),
    sinceMono: tenths(sinceMono),
    ...(state !== undefined && {
      previous: { state: state.from as LinkState, until: state.after, untilMono: state.afterMono },
    }),
    condition,
    carrier,
    defaultRoutes,
    family,
    ...(edges.length > 0 && { edges: [...edges] }),
  };
}
