/** Numbers for one measurement: cadence, controls, clocks, and what is remembered. */
export const JUDGING = {
  /** Smaller body over larger body above which two clear pages are alike. OONI web_connectivity body_length_match. */
  alikeBodyRatio: 0.7,

  /** Cadence assumed until two measurements of one target by one probe have shown it: 15-minute rounds. */
  defaultCadenceMs: 900_000,
  /** Faster than this is not a round: repeats inside a measurement, follow-ups. */
  minCadenceMs: 1_000,
  /** Longer pauses between two measurements are absence, not cadence. */
  maxCadenceMs: 7_200_000,
  /** Intervals remembered per cell; a median of 31 settles within a few rounds and forgets within hours. */
  cadenceMemory: 31,

  /** So many measurements in a row at less than half the cadence are a new cadence; fewer are looks that the collector
   * asked for: six in three hours, each with a regular one beside it at most. */
  cadenceSoon: 13,

  /** A control result counts for a measurement when at most this many rounds lie between them. */
  controlWindowRounds: 1,
  /** Bounds of that window: clocks are only good to a second or two; a site's state is old news after 15 minutes. */
  controlWindowMinMs: 10_000,
  controlWindowMaxMs: 900_000,
  /** A control's result of so shortly before it is as good: witnesses and controls are asked at one time, and a site
   * that dies within minutes of its last answer is told by the next look, before two rounds can raise an alarm. */
  controlSameMs: 300_000,
  controlSameRounds: 1 / 3,
  /** A failure waits this part of a round for a control result measured after it, so that a site that has just died
   * is not called blocked. */
  controlWaitRounds: 0.5,
  controlWaitMinMs: 2_000,
  controlWaitMaxMs: 600_000,
  /** Everything delivered together (one receive time, or one second of it) is taken in before anything is judged. */
  settleMs: 1_000,
  /** A site that was well and ill by turns so often in so many results of one control comes and goes: one stray failure
   * is two turns, two are four. */
  restlessMemory: 8,
  restlessTurns: 3,
  /** Memory for control results: journals may come days late (January 2022 lasted five days; two are kept). */
  controlKeepMs: 172_800_000,
  controlsKept: 256,
  /** Measurements called inconclusive that controls may still decide, kept as long as control results: so many a target,
   * and so many in all (some 30 kB each). */
  openKept: 256,
  openKeptInAll: 2_048,
  /** Results of a probe remembered for verdicts made late: seventeen hours of sixty targets every 15 minutes. */
  linePastKept: 4_096,
  /** Link entries kept per probe: a change every few seconds for a bad hour, or five-minute entries for three days. */
  linksKept: 900,
  /** A loss that the ladder notices this soon after a failed measurement explains it (sensing runs every 15 s). */
  linkSlackMs: 20_000,
  /** Probe clocks that claim to be further ahead of the receive time are wrong. */
  clockAheadMs: 300_000,
  /** Entries of a boot that does not know the time wait for one that does, but not many and not long: the collector
   * tells the time at first contact, with the very batch that brings them. */
  clockWaitEntries: 500,
  clockWaitMs: 60_000,
} as const;
