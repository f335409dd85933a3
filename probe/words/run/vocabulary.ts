import type { LineCondition } from "../../../protocol/records/link.ts";

/** What `run` tells somebody who sits at its terminal; `{…}` stands for a value. */
export type RunWords = {
  started: string;
  line: string;
  conditions: Readonly<Record<LineCondition, string>>;
  vpnOn: string;
  vpnOff: string;
  /** When sites are measured first, and when again. */
  rounds: string;
  round: string;
  reached: string;
  notReached: string;
  refused: string;
  stopped: string;
  paused: string;
  left: string;
  waits: string;
  page: string;
  noExtras: string;
  diskNone: string;
  diskAgain: string;
  full: string;
  setAside: string;
  saved: string;
  brokeOff: string;
  noHiddenBeats: string;
  look: string;
  fault: string;
};
