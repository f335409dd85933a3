import type { RefusalCode } from "../../protocol/wire.ts";

/** Told of what the ingest takes and refuses; never of whom. */
export type Meter = {
  /** Entries of one delivery were stored; `lagMs`: how long the oldest of them was under way. */
  readonly accepted: (entries: number, lagMs: number) => void;
  readonly refused: (code: RefusalCode) => void;
};

/** A meter that nobody reads. */
export const NO_METER: Meter = { accepted: () => undefined, refused: () => undefined };
