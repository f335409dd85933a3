/**
 * What goes into the analysis and what comes out. Analysis is a fold over items ordered by (at, probe, seq): the same
 * items in the same order give byte-equal output, live or replayed (design principle 2). No I/O, no clock of its own.
 */

import type { ProbeInfo } from "../../protocol/archive.ts";
import type { WorldEvent } from "../../protocol/event.ts";
import type { Incident } from "../../protocol/incident.ts";
import type { Entry } from "../../protocol/records/entry.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import type { Verdict } from "../../protocol/verdict.ts";

/** Milliseconds since 1970, UTC. */
export type EpochMs = number;

export type Item =
  | { type: "probe"; at: EpochMs; probe: ProbeInfo }
  /** A probe's heartbeats begin to arrive; by route `dns` they say that the host is up, not that the line is. */
  | { type: "present"; at: EpochMs; probe: string; route?: "dns" }
  /** Three beats are missing since `lastBeat`; `at` is the moment that became known. */
  | { type: "silent"; at: EpochMs; probe: string; lastBeat: EpochMs; route?: "dns" }
  /** A stored entry; `at` is the collector's receive time. */
  | { type: "entry"; at: EpochMs; entry: Entry }
  /** The collector itself did not run. Known at `at`, when it came back. */
  | { type: "gap"; at: EpochMs; from: EpochMs; to: EpochMs }
  | { type: "event"; at: EpochMs; event: WorldEvent }
  /** Time passes with nothing received; lets detectors act on silence. */
  | { type: "tick"; at: EpochMs };

/** A measurement judged: which entry, when it was measured (true time), and the verdict. */
export type Judged = {
  probe: string;
  seq: number;
  target: string;
  asn: number | null;
  region: string | null;
  measuredAt: EpochMs;
  verdict: Verdict;
};

export type Analysis = {
  /** Takes the next item. Items must not go back in time by `at`. */
  apply: (item: Item) => void;
  /** Verdicts made since the last call, in the order they were made. A later one for the same entry replaces it. */
  takeVerdicts: () => Judged[];
  /** Every incident so far, ordered by start, then id. */
  incidents: () => Incident[];
  readonly rulesVersion: string;
};

/** What every measured body has: the steps and how long they took. */
export type Body = Pick<WebBody, "durationMs" | "dns" | "tcp" | "tls" | "http">;
