/** Numbers for losses: bursts, fades, edges, and the lead that names a cause. */
export const LOSSES = {
  /** Window of the burst test: probes' last beats before one cut lie within a heartbeat, a staggered cut within minutes. */
  burstWindowMs: 300_000,
  /** Drops a day assumed of every probe, and the weight of that assumption in days. */
  churnPerDay: 0.2,
  churnWeightDays: 5,
  /** Weight of a probe's own rate against its rate in one hour of the day, in days of that hour; and drops that the
   * fleet must have shown in an hour before its habit counts as much as the even day (four: two evenings of a few lids). */
  churnHourDays: 10 / 24,
  churnHabitDrops: 4,
  /** Chance below which a burst is not churn (in a fleet of ten; less in larger ones, where more groups are tried), and
   * the least number and share of probes lost. In groups of two or three every probe must be lost: at the floor churn
   * two of two is a chance of 2e-7 a window. */
  burstChance: 1e-6,
  burstLeast: 3,
  burstShare: 0.5,
  burstFleet: 10,
  /** So few, or fewer, must mostly be lost within so long of one moment (a beat may be late, switches differ by
   * seconds): three strays of a restless network within ten minutes are no cut. Chance then has a third of the window. */
  burstFew: 5,
  pairSlackMs: 60_000,
  fewWindowPart: 1 / 3,
  /** Where this many witnesses stand, a tenth of them could lie together in a group of two: then two are no burst. */
  pairFleet: 20,
  /** A fall over an hour (mobile networks, 4 January 2022): probes lost within it and still lost. The longer window
   * meets more habits, so that it asks for more probes and a smaller chance. */
  fadeWindowMs: 3_600_000,
  fadeLeast: 4,
  fadeShare: 0.4,
  fadeChance: 1e-9,
  /** A lone probe that was lost by so much more than its own uncertainty before or after the others is a stray. */
  strayMs: 30_000,
  /** Networks and regions that begin to be lost within so long of each other are one cut: operators switch off by hand.
   * Cities that differed by more in January 2022 stay apart. */
  lossMergeMs: 900_000,
  /** The same probes lost again so soon after most were back: the same cut, flapping while it ends. Windows of hours, as
   * in January 2022, stay apart. */
  reopenMs: 1_800_000,
  /** Share of the lost probes that must be back for the end: higher than the share that alarms, so that it does not flutter. */
  clearShare: 0.7,
  /** Clocks are corrected to about a round trip: so much is added at both ends of what a probe tells of a moment. */
  clockSlackMs: 1_000,
  /** An edge reaches as far as this part of the best agreement between probes: a tenth may lie, another may err. */
  edgeShare: 0.8,
  /** So many must agree on one moment, else the loss was staggered. */
  simultaneousShare: 0.6,
  /** Longest pause between two attempts of a probe to reach the collector: a line may have been back for so long. */
  reconnectMs: 330_000,
  /** Cuts that follow each other within so long share an episode, which lasts this long at most (shutdowns recur one to
   * four days later: SIGCOMM 2023, detection notes). */
  episodeGapMs: 4.5 * 86_400_000,
  episodeMostMs: 14 * 86_400_000,
  /** Lead over all rivals, in log-odds, from which the leading cause is published: 20 to 1. */
  causeMargin: 3,
  /** Missed beats that make silence (design 4.5), so silence divided by this is the heartbeat. */
  missedBeats: 3,
  /** A stop entry this close to the last beat explains the silence. */
  cleanStopMs: 120_000,
} as const;
