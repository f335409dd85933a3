import type { LinkState } from "../../protocol/records/link.ts";

/** What the probe's commands say to the volunteer; `{…}` stands for a value. */
export type Words = {
  declined: string;
  joined: string;
  notJoined: string;
  running: string;
  notRunning: string;
  paused: string;
  pausedUntil: string;
  line: string;
  lineUnknown: string;
  links: Readonly<Record<LinkState, string>>;
  lastRound: string;
  noRound: string;
  waiting: string;
  acknowledged: string;
  neverAcknowledged: string;
  shed: string;
  /** Kinds of records. */
  kinds: Readonly<Record<string, string>>;
  dataDay: string;
  dataMonth: string;
  quiet: string;
  quietNow: string;
  sites: string;
  sitesOff: string;
  sitesAdded: string;
  pausedNow: string;
  pausedFor: string;
  resumedNow: string;
  left: string;
  leftUndelivered: string;
  leftUntold: string;
  exported: string;
  nothingToExport: string;
  updateIs: string;
  updateNone: string;
  updateUnknown: string;
  wipeQuestion: string;
  wipeCancelled: string;
  wiped: string;
  nothingToWipe: string;
};
