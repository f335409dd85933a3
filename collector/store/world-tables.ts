import type { WorldEvent } from "../../protocol/event.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Window } from "./window.ts";

export type EventTable = {
  /** Adds or replaces by id; returns how many were new or different. */
  put: (events: readonly WorldEvent[], at: EpochMs) => Promise<number>;
  /** Adds those whose id is not known; returns how many. */
  addKnown: (events: readonly WorldEvent[], at: EpochMs) => Promise<number>;
  within: (window: Window, limit: number) => Promise<WorldEvent[]>;
  byId: (id: string) => Promise<WorldEvent | null>;
  /** False when there is none. */
  remove: (id: string) => Promise<boolean>;
};

export type GapTable = {
  add: (gap: Window) => Promise<void>;
  within: (window: Window) => Promise<Window[]>;
};
