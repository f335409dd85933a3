/** Numbers for blocks: votes, alarms, witnesses, control checks and lies. */
export const BLOCKS = {
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
} as const;
