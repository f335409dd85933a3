import type { Logger } from "pino";
import type { EpochMs, Item } from "../analysis/types.ts";
import type { PresenceTable } from "../store/store.ts";
import type { Turns } from "./turns.ts";

/** Who beats now. Silence is three missed beats. */
export type Presence = {
  /** A probe was heard; a beat, a greeting and a delivery count alike. */
  beat: (probe: string) => void;
  /** Finds those that fell silent; now and then stores the last beats and that the collector is alive. */
  sweep: () => Promise<void>;
  /** Stores the last beats and that the collector is alive. */
  flush: () => Promise<void>;
  /** Ids of the probes present. */
  present: () => ReadonlySet<string>;
  readonly silenceMs: number;
};

export type PresenceParts = {
  readonly table: PresenceTable;
  readonly turns: Turns;
  readonly feed: (items: readonly Item[], at: EpochMs) => Promise<void>;
  readonly heartbeatS: number;
  /** By which route the beats come, where it is none that says that the line is well. */
  readonly route?: "dns";
  readonly log: Logger;
  readonly now?: () => EpochMs;
};

const MISSED_BEATS = 3;
/** How much of the last beats a crash may forget. */
const STORE_MS = 5000;

/** Turns beats into intervals. Its state is one number a present probe; the intervals are in the store. */
export function createPresence(parts: PresenceParts): Presence {
  const { table, turns, feed, heartbeatS, log, now = Date.now } = parts;
  const by = parts.route === undefined ? {} : { route: parts.route };
  const lastBeats = new Map<string, EpochMs>();
  const silenceMs = MISSED_BEATS * heartbeatS * 1000;

  let storedAt = 0;
  async function keep(at: EpochMs): Promise<void> {
    const beats = [...lastBeats].map(([probe, to]) => ({ probe, to }));
    await table.beats(beats, at);
    storedAt = at;
  }

  async function opened(probe: string): Promise<void> {
    try {
      await turns.run(async (at) => {
        await table.open(probe, at);
        // The turn may come later than the beat; an interval must not end before it begins.
        lastBeats.set(probe, Math.max(lastBeats.get(probe) ?? 0, at));
        await feed([{ type: "present", at, probe, ...by }], at);
      });
    } catch (error) {
      // The next beat tries again.
      lastBeats.delete(probe);
      log.warn({ err: error }, "a presence could not be stored");
    }
  }

  async function closed(at: EpochMs): Promise<void> {
    // By id, as a rebuild or a replay will have them.
    const silent = [...lastBeats]
      .filter(([, to]) => at - to >= silenceMs)
      .map(([probe, to]) => ({ probe, to }))
      .sort((a, b) => (a.probe < b.probe ? -1 : 1));
    if (silent.length === 0) return;
    // Before the first await: a beat from here on is a new interval, in a later turn.
    for (const { probe } of silent) lastBeats.delete(probe);
    await table.close(silent, at);
    await feed(
      silent.map(({ probe, to }) => ({ type: "silent", at, probe, lastBeat: to, ...by })),
      at,
    );
  }

  return {
    silenceMs,
    present: () => new Set(lastBeats.keys()),
    beat: (probe) => {
      const isNew = !lastBeats.has(probe);
      lastBeats.set(probe, now());
      if (isNew) void opened(probe);
    },
    flush: () => turns.run(keep),
    sweep: () =>
      turns.run(async (at) => {
        await closed(at);
        if (at - storedAt >= STORE_MS) await keep(at);
      }),
  };
}
