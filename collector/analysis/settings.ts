/**
 * Every number that analysis uses, with its reason and source. "Simulated" means: chosen by simulation of cells of 2 to 8
 * probes in 15-minute rounds with failures shared between probes (baseline 0.03, correlation 0.15 and 0.35), for less
 * than 0.1 false alarms a cell and year. Times are milliseconds.
 */
export const SETTINGS = {
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
  /** A failure waits this part of a round for a control result measured after it, so that a site that has just died
   * is not called blocked. */
  /** A control's result of so shortly before it is as good: witnesses and controls are asked at one time, and a site
   * that dies within minutes of its last answer is told by the next look, before two rounds can raise an alarm. */
  controlSameMs: 300_000,
  controlSameRounds: 1 / 3,
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

  /** Shares of blocked votes that the side-by-side tests look for (simulated). The lowest is the slow one: it needs days,
   * and finds ramps that no day shows. */
  blockShares: [0.2, 0.35, 0.6, 0.9],
  /** Correlation of failures between probes of a cell when nothing is blocked, before any record, its limits, and when
   * something is (seen: 0.02 to 0.3). */
  baselineRho: 0.15,
  rhoLeast: 0.1,
  rhoMost: 0.3,
  blockRho: 0.2,
  /** Floor of a probe's own failure share, the share assumed before any record, and the weight of that assumption in
   * measurements (0.03 is the simulated truth). */
  baselineFloor: 0.01,
  baselinePrior: 0.03,
  baselineWeight: 50,
  /** Measurements after which older ones count half (four weeks of 15-minute rounds). */
  baselineMemory: 2688,
  /** Alarm thresholds by the number of probes voting (simulated); the logarithm of the number of tests is added. */
  thresholdFewProbes: 14,
  thresholdManyProbes: 18,
  manyProbes: 4,
  /** Least share of a probe's blocked votes that fail in its commonest way. Halfway between the half that chance
   * makes of three ways in some eight votes, and always the same. */
  stableShare: 0.75,
  /** A block opens on at least this many rounds and probes; one probe with proof needs a round more. */
  minRounds: 2,
  minProbes: 2,
  singleWitnessRounds: 3,
  /** So large a part of the voters may lie: an alarm must stand without them, and without at least one. */
  liarShare: 0.1,
  /** Bounds of the test that confirms, on rounds after the alarm: ln((1-b)/a) and ln(b/(1-a)) for a = 1e-4, b = 0.05. */
  confirmEvidence: 9.16,
  refuteEvidence: -3,
  /** Evidence of a vote by its grade (log-likelihood ratio of a block against a fault), and the most that one round of
   * one network may bring, as its votes share faults: two rounds with proof pass, one never does. */
  gradeEvidence: { contrasted: 2.3, proof: 4.6, certain: 7, open: -3 },
  roundEvidenceMost: 4.6,
  /** Times after its opening at which the causes of an open block are weighed anew, and from then on how often. */
  reweighMs: [3_600_000, 3 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000, 86_400_000],
  /** Weight of witnesses that a confirmed block has, or of those among them who brought proof. */
  confirmWitnesses: 3,
  confirmProofs: 2,
  /** False discovery rate among all cells watched that a confirmed label must hold. */
  confirmRate: 0.05,
  /** A probe loses its weight after so many claims that canaries are blocked, or that nobody beside it shared, when these
   * are more than this share of its votes; votes are remembered so many. An honest line fails alone in a few percent. */
  canaryLies: 2,
  /** What a right answer on a canary takes off that count: a day of 15-minute rounds forgives six. */
  canaryForgiven: 1 / 16,
  /** A probe's word has its full weight after a week, or after half of the time that anybody has voted; until then at
   * least a quarter: a dozen new installations do not weigh as many as three that are known. */
  ageFullMs: 7 * 86_400_000,
  ageLeast: 0.25,
  dissentLeast: 10,
  dissentShare: 0.15,
  dissentMemory: 2000,
  /** A target blocked again on the same network within so long belongs to the same episode (14 days). */
  episodeMs: 14 * 86_400_000,
  /** Added to the sum for each vote with proof of its own, two a round at most, once two probes have brought proof: what
   * a paired test adds to a vote (gradeEvidence), within the most that one round may bring. */
  proofGain: 2.3,
  /** Share of failed control checks in a cell above which its round is skipped, and the checks that takes (simulated). */
  maskShare: 0.25,
  maskTrials: 4,
  /** A probe more than half of whose own other targets fail (at least three) has a bad line of its own. */
  badLineShare: 0.5,
  badLineTrials: 3,
  /** Control checks are taken from at most so many probes of a cell, those heard last, and so many targets of each. */
  checkProbes: 32,
  checkTargets: 64,
  /** What a control check tells of the line, in looks at the target: half, as where a control fails half as often as the
   * target when the line is bad (the worse of the two cases in the detection notes); and at most, since they are not the target. */
  checkWeight: 0.5,
  checkMost: 6,
  /** A probe's second look after so long is a round of its own, at most a third of a cadence: rounds asked for come five
   * minutes apart. */
  lookGapMs: 300_000,
  lookGapRounds: 1 / 3,
  /** A target counts as a control check only for a probe that has reached it within so many rounds (two days). */
  controlCheckRounds: 200,
  /** A link entry tells of the line for so long: one is written every five minutes. */
  linkFreshMs: 600_000,
  /** Without votes the sum is kept for 8 rounds, then halves every 24 (2 h, then 6 h, of 15-minute rounds). */
  carryRounds: 8,
  halfLifeRounds: 24,
  /** Rounds kept per cell for votes that arrive late. */
  roundsKept: 256,
  /** An open block or throttle of which nobody has measured anything for so long is no longer watched: a day, longer than
   * a night's switch-off. */
  unwatchedMs: 86_400_000,
  /** Cells of one target that start within so many rounds of each other are one incident (30 minutes of 15-minute rounds). */
  mergeRounds: 2,

  /** A speed sample tells with so many bytes, or after so long: less is the time to the first byte. */
  speedLeastBytes: 16_384,
  speedLeastMs: 5_000,
  speedSamplesAnHour: 12,
  /** Hours of samples kept a pair of target and network: four weeks. */
  speedHoursKept: 672,
  speedPastMs: 28 * 86_400_000,
  /** Probe-hours that make a past to compare with: on noisy lines fewer leave the usual ratio itself too uncertain. */
  speedLeastPast: 40,
  /** Windows tried, for throttles that have just begun and for noisy lines; each pays for the others in its chance. */
  speedWindowHours: [4, 8, 24],
  /** The exact test takes at most so many values, evenly spread. */
  speedMostPoints: 100,
  /** How far back the beginning is looked for. */
  speedStartMs: 72 * 3_600_000,
  /** A throttle: false discovery rate over all pairs of an hour (0.001 a day, shared by its 24 looks), ratio at most, upper end of its interval below, on so
   * many probes, for so long. A ratio of 0.7 is below what may be claimed in a day; an estimate of a true halving lies above
   * a half as often as below, so the limit leaves it room (simulated). */
  throttleChance: 4e-5,
  throttleRatio: 0.6,
  throttleClearRatio: 0.8,
  throttleProbes: 3,
  throttleLeastMs: 7_200_000,
  /** The control's own speed below this part of its past is a full line. */
  congestionRatio: 0.7,
  /** Handshakes: longer than this and than so many times the control's, for so many hours (OONI on 2022 and 2023: daily
   * medians of 2 to 4 seconds). */
  handshakeMs: 2_000,
  handshakeRatio: 5,
  handshakeWindowHours: 6,
  /** It is over when, in one of these windows with so many probe-hours, the interval of the ratio lies clear of the slow
   * one: above so many of its logarithms. */
  throttleClearHours: [4, 8],
  throttleClearPart: 0.75,
  throttleClearPoints: 6,
  /** Networks on which one target becomes slow within so long of each other are one incident: change points are sharp
   * to hours only. */
  throttleMergeMs: 4 * 3_600_000,

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
export type Settings = typeof SETTINGS;
