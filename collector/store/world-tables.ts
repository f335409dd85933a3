import type { WorldEvent } from "../../protocol/event.ts";
import type { Report } from "../../targets/schema.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Window } from "./window.ts";

export type EventTable = {
  /** Adds or replaces by id; returns how many were new or different. */
  put: (events: readonly WorldEvent[], at: EpochMs) => Promise<number>;
  /** Adds those whose id is not known; returns how many. */
  addKnown: (events: readonly WorldEvent[], at: EpochMs) => Promise<number>;
  /**
   * Puts in the events of the program's data files, and what a new program says of those that stand as the last one put them
   * in; what editors changed or removed since stays so. Returns how many were new or different.
   */
  preload: (events: readonly WorldEvent[], at: EpochMs) => Promise<number>;
  within: (window: Window, limit: number) => Promise<WorldEvent[]>;
  byId: (id: string) => Promise<WorldEvent | null>;
  /** False when there is none. */
  remove: (id: string) => Promise<boolean>;
};

/** A revision of a report; `withdrawn`: readers see it no longer. */
export type StoredReport = { readonly report: Report; readonly withdrawn: boolean };

/** What editors recorded, corrected or withdrew of the reports of press and NGOs: revisions are only ever added. */
export type ReportTable = {
  /** Adds a report, or a revision of one that differs; false when it is as it was. */
  put: (stored: StoredReport, at: EpochMs) => Promise<boolean>;
  /** The newest revision of each, by id. */
  all: (limit: number) => Promise<StoredReport[]>;
  /** All revisions of one, oldest first. */
  revisions: (id: string) => Promise<StoredReport[]>;
};

export type GapTable = {
  add: (gap: Window) => Promise<void>;
  within: (window: Window) => Promise<Window[]>;
};
