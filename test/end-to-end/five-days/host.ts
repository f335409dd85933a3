import { setImmediate as turn } from "node:timers/promises";
import { createClock, type ProbeClock } from "../../../probe/clock.ts";
import type { Journal } from "../../../probe/journal/journal.ts";
import { addBeat, aliveBody, type Beat, firstBeat, isBroken, type Stretch } from "../../../probe/life/stretch.ts";
import type { EntryDraft } from "../../../protocol/records/entry.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import { linkBody, webBody } from "../../probe/support.ts";

const HEARTBEAT_MS = 30_000;
const BEATS_PER_ENTRY = 10;
const HOUR_MS = 3_600_000;

/** A host whose hours pass as fast as its records can be written. */
export type Host = {
  readonly clock: ProbeClock;
  /** What was recorded, in order: kind, and the site of a measurement. */
  readonly made: readonly string[];
  /** Takes over the journal that is written to. */
  recordTo: (journal: Journal) => void;
  /** Lets hours pass: a beat each 30 s, ten of them to an `alive`, a measurement a minute. */
  pass: (hours: number) => Promise<void>;
  /** The line is something else from now on. */
  turnTo: (state: LinkBody["state"]) => void;
};

/** A short name of an entry that tells it from its neighbours. */
export function nameOf({ kind, body }: EntryDraft): string {
  if (kind === "web") return `web ${body.target}`;
  if (kind === "link") return `link ${body.state}`;
  return kind === "alive" ? `alive ${body.from}` : kind;
}

/** Starts a host at a moment of its own. Hours that are made to pass are passed on to the time that a collector tells. */
export function startHost(startMs: number): Host {
  const begun = { realMs: Date.now(), tickMs: performance.now() };
  let passedMs = 0;
  const tickMs = () => performance.now() - begun.tickMs + passedMs;
  const sources = { wallMs: () => startMs + tickMs(), tickMs, uptimeMs: () => HOUR_MS + tickMs() };
  const real = createClock(sources);
  const clock: ProbeClock = {
    ...real,
    learn: (collectorMs, sentMono, receivedMono) =>
      real.learn(collectorMs - begun.realMs + startMs + passedMs, sentMono, receivedMono),
  };
  const made: string[] = [];
  let journal: Journal | null = null;
  let [beats, sites] = [0, 0];
  let run: Stretch | null = null;
  let last: Beat | null = null;
  const write = (draft: EntryDraft, urgent = false) => {
    journal?.append(draft, { urgent });
    made.push(nameOf(draft));
  };
  const beat = () => {
    const now: Beat = { wallMs: clock.wallMs(), mono: clock.monoMs(), slept: clock.sleptMs(), power: "unknown" };
    if (run !== null && (run.beats >= BEATS_PER_ENTRY || isBroken(run.last, now, HEARTBEAT_MS))) {
      write({ kind: "alive", body: aliveBody(run) });
      [last, run] = [run.last, null];
    }
    run = run === null ? firstBeat(now, last) : addBeat(run, now);
  };
  return {
    clock,
    made,
    recordTo: (to) => {
      journal = to;
    },
    pass: async (hours) => {
      const untilMs = passedMs + hours * HOUR_MS;
      while (passedMs < untilMs) {
        passedMs += HEARTBEAT_MS;
        beats += 1;
        beat();
        if (beats % 2 === 0) write({ kind: "web", body: webBody(`site-${sites++}.org`) });
        // Committed by the hour here; the journal's own minute is a real one.
        if (passedMs % HOUR_MS === 0) journal?.flush();
        if (passedMs % HOUR_MS === 0) await turn();
      }
      journal?.flush();
    },
    turnTo: (state) => write({ kind: "link", body: linkBody(state) }, true),
  };
}
