import type { Logger } from "pino";
import type { ProbeClock } from "../clock.ts";
import type { Lock } from "./lock.ts";
import type { Stamped } from "./pending.ts";

export type JournalOptions = {
  folder: string;
  probe: string;
  clock: ProbeClock;
  log: Logger;
  /** Longest time an ordinary entry waits in memory. */
  groupMs?: number;
  /** Text kept before acknowledged entries are deleted and ordinary ones no longer taken. */
  capBytes?: number;
  /** Absolute size of the file; reached, it counts as a full disk. */
  fileBytes?: number;
  /** Entries and bytes kept in memory while the disk takes nothing. */
  pendingCount?: number;
  pendingBytes?: number;
  lock?: Lock;
  /** Entries that an earlier journal could no longer write; they follow this one's first entry. */
  carried?: readonly Stamped[];
};

export const MIB = 1024 * 1024;
/** Sizes that suit an SD card of a few gigabytes. */
export const DEFAULTS = {
  groupMs: 60_000,
  capBytes: 128 * MIB,
  fileBytes: 512 * MIB,
  pendingCount: 1000,
  pendingBytes: 4 * MIB,
};
