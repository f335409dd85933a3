import type { EpochMs, Item } from "../../collector/analysis/types.ts";
import { GENESIS } from "../../protocol/chain.ts";
import type { Entry, EntryDraft } from "../../protocol/records/entry.ts";
import type { LinkBody } from "../../protocol/records/link.ts";
import { ladderOf, linkBody } from "./bodies/link-body.ts";
import type { Contact } from "./contacts.ts";
import { ASK_MS, type Measurements } from "./measurements.ts";
import type { Random } from "./random.ts";
import type { Line, ProbeSpec } from "./scenario.ts";
import type { Stretch } from "./timeline.ts";

/** An entry and when it was written; `item` is null when it is never delivered. */
export type Made = { made: EpochMs; item: Item | null };

type Boot = { name: string; at: EpochMs; uptimeMs: number };
type Look = { line: Line; sinceMs: EpochMs; seenMs: EpochMs };
type Self = {
  probe: ProbeSpec;
  contacts: readonly Contact[];
  deliver: (at: EpochMs) => EpochMs | null;
  random: Random;
  seq: number;
  boots: number;
  boot: Boot;
  look: Look | null;
  end: "clean" | "unclean" | "first";
  lastAt: string | null;
  software: string;
};

/** Sensing, compressed heartbeats and repeated link entries (design 4.3, probe/link/watch.ts, probe/life/life.ts). */
const SENSE_MS = 15_000;
const REPEAT_MS = 300_000;
const LOOK_MS = 400;
const FAILED_LOOK_MS = 2500;
const NEVER = Number.POSITIVE_INFINITY;
const OUT: ReadonlySet<Line> = new Set(["off", "stopped", "absent"]);

/** All that one probe writes, in order, as its stretches of line let it. Nothing is made before it is asked for. */
export function* lifeOf(options: {
  probe: ProbeSpec;
  stretches: readonly Stretch[];
  contacts: readonly Contact[];
  deliver: (at: EpochMs) => EpochMs | null;
  measurements: Measurements;
  random: Random;
  updates: readonly { at: EpochMs; software: string }[];
}): Generator<Made> {
  const { probe, stretches, contacts, deliver, measurements, random, updates } = options;
  const nowhere = { name: "", at: 0, uptimeMs: 0 };
  const self: Self = {
    probe,
    contacts,
    deliver,
    random,
    seq: 0,
    boots: 0,
    boot: nowhere,
    look: null,
    end: "first",
    lastAt: null,
    software: "kuager/0.1.0",
  };
  let running = false;
  for (const stretch of stretches) {
    if (OUT.has(stretch.line)) {
      if (running && stretch.line === "stopped")
        yield write(self, stretch.from, { kind: "stop", body: { reason: "asked to stop" } });
      self.end = stretch.line === "stopped" ? "clean" : "unclean";
      running = false;
      continue;
    }
    // A whole host starts in half a minute; at the very beginning it has been up for days.
    const begins = running || self.boots === 0 ? stretch.from : stretch.from + random.between(15_000, 45_000);
    if (begins >= stretch.to) continue;
    if (!running) yield start(self, begins);
    running = true;
    yield* stretchOf(self, { ...stretch, from: begins }, measurements, updates);
  }
}

function start(self: Self, at: EpochMs): Made {
  const first = self.boots === 0;
  const uptimeMs = first ? self.random.between(1, 20) * 86_400_000 : self.random.between(15_000, 40_000);
  self.boots++;
  self.boot = { name: `${self.probe.info.id.slice(0, 8)}-boot-${self.boots}`, at: at - uptimeMs, uptimeMs };
  self.look = null;
  return restart(self, at);
}

function restart(self: Self, at: EpochMs): Made {
  const { end, lastAt, software } = self;
  const uptimeS = Math.round((at - self.boot.at) / 100) / 10;
  const body = { software, uptimeS, previous: { end, lastAliveAt: lastAt }, power: "mains" as const };
  return write(self, at, { kind: "start", body });
}

/** Something a running probe does again and again: when next, and what it writes then. */
type Duty = { at: EpochMs; run: (at: EpochMs) => Made[] };

function* stretchOf(
  self: Self,
  stretch: Stretch,
  measurements: Measurements,
  updates: readonly { at: EpochMs; software: string }[],
): Generator<Made> {
  const duties = [
    ...lineDuties(self, stretch),
    ...measuringDuties(self, stretch, measurements),
    updating(self, stretch.from, updates),
  ];
  for (;;) {
    const due = duties.reduce((first, one) => (one.at < first.at ? one : first));
    if (due.at >= stretch.to) return;
    yield* due.run(due.at);
  }
}

function lineDuties(self: Self, { from, line }: Stretch): Duty[] {
  const phase = self.probe.number * 1777;
  const look: Duty = {
    at: from + (self.look === null ? 2000 : SENSE_MS - ((from + phase) % SENSE_MS)),
    run: (at) => {
      look.at = at + REPEAT_MS;
      const writtenAt = at + (line === "international" ? LOOK_MS : FAILED_LOOK_MS);
      return [write(self, writtenAt, { kind: "link", body: lookAt(self, line, at) })];
    },
  };
  const alive: Duty = {
    at: from + REPEAT_MS - ((from + phase) % REPEAT_MS),
    run: (at) => {
      alive.at = at + REPEAT_MS;
      return [write(self, at, aliveOf(self, at))];
    },
  };
  return [look, alive];
}

function measuringDuties(self: Self, { from, line }: Stretch, measurements: Measurements): Duty[] {
  const { probe } = self;
  const pending: { at: EpochMs; draft: EntryDraft }[] = [];
  const writing: Duty = {
    at: NEVER,
    run: (at) => {
      const done = pending.shift();
      writing.at = pending[0]?.at ?? NEVER;
      return done === undefined ? [] : [write(self, at, done.draft)];
    },
  };
  const expect = (more: readonly { at: EpochMs; draft: EntryDraft }[]): Made[] => {
    pending.push(...more);
    pending.sort((a, b) => a.at - b.at);
    writing.at = pending[0]?.at ?? NEVER;
    return [];
  };
  const round: Duty = {
    at: measurements.firstAfter(probe, from),
    run: (at) => {
      round.at = measurements.firstAfter(probe, at + 1);
      return expect(measurements.round(probe, at, line));
    },
  };
  const ask: Duty = {
    at: measurements.askMs === null ? NEVER : from + measurements.askMs,
    run: (at) => {
      ask.at = at + ASK_MS;
      expect(measurements.asked(probe, at - ASK_MS, at, line));
      return [{ made: at, item: null }];
    },
  };
  return [writing, round, ask];
}

function updating(self: Self, from: EpochMs, updates: readonly { at: EpochMs; software: string }[]): Duty {
  const update: Duty = {
    at: updates.find(({ at }) => at >= from)?.at ?? NEVER,
    run: (at) => {
      self.end = "clean";
      self.software = updates.find((one) => one.at === at)?.software ?? self.software;
      update.at = updates.find((one) => one.at > at)?.at ?? NEVER;
      return [write(self, at, { kind: "stop", body: { reason: "update" } }), restart(self, at + 4000)];
    },
  };
  return update;
}

/** A look at the line; between looks that change nothing only every twentieth is written. */
function lookAt(self: Self, line: Line, at: EpochMs): LinkBody {
  const before = self.look;
  const ended = at + (line === "international" ? LOOK_MS : FAILED_LOOK_MS / 2);
  const changed = before === null || ladderOf(before.line) !== ladderOf(line);
  const sinceMs = changed ? ended : before.sinceMs;
  self.look = { line, sinceMs, seenMs: at };
  const mono = (moment: EpochMs) => Math.max(0, Math.round(moment - self.boot.at));
  const previous =
    before === null || !changed
      ? {}
      : {
          previous: {
            state: ladderOf(before.line),
            until: wallOf(self, at - SENSE_MS),
            untilMono: mono(at - SENSE_MS),
          },
        };
  return linkBody(line, self.probe.medium, { since: wallOf(self, sinceMs), sinceMono: mono(sinceMs), ...previous });
}

function aliveOf(self: Self, at: EpochMs): EntryDraft {
  const from = Math.max(at - REPEAT_MS + 30_000, self.boot.at);
  return { kind: "alive", body: { from: wallOf(self, from), to: wallOf(self, at), beats: 10 } };
}

/** The probe's own clock: wrong by its skew, or counting from 1970 since the host started. */
function wallOf({ probe, boot }: Self, at: EpochMs): string {
  const wall = probe.noClock ? at - boot.at : at + probe.skewMs;
  return new Date(Math.round(wall)).toISOString();
}

function write(self: Self, at: EpochMs, draft: EntryDraft): Made {
  const { probe, boot, contacts } = self;
  const wall = wallOf(self, at);
  // The collector tells the time at first contact of each boot.
  const told = contacts.some((contact) => contact.to > boot.at && contact.from <= at);
  const offsetMs = Math.round(at) - Date.parse(wall);
  const entry = {
    v: 1,
    probe: probe.info.id,
    seq: ++self.seq,
    prev: GENESIS,
    boot: boot.name,
    mono: Math.max(0, Math.round(at - boot.at)),
    at: wall,
    clock: told ? { offsetMs, source: "collector" } : { offsetMs: 0, source: "none" },
    ...draft,
    // Sound: kind and body come from one draft.
  } as Entry;
  self.lastAt = wall;
  const received = self.deliver(at);
  return { made: at, item: received === null ? null : { type: "entry", at: received, entry } };
}
