/** Numbers for throttles: samples of speed and handshakes. */
export const SPEED = {
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
} as const;
