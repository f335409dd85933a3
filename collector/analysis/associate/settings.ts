/** Numbers of the association of incidents with events, fixed before anybody looks. Times are milliseconds. */
export const ASSOCIATION = {
  /** An incident that begins from 6 hours before an event to 12 hours after it began beside the event: orders come
   * within hours, and lines are cut beforehand as well as afterwards. */
  beforeMs: 6 * 3_600_000,
  afterMs: 12 * 3_600_000,
  /** An event whose end is not told lasts so long. */
  assumedMs: 3 * 3_600_000,
  /** Starts in one place so close together are one episode, which counts once: January 2022 had windows of hours for
   * six days. */
  episodeMs: 48 * 3_600_000,
  /** Draws of the permutation test; the least chance that it can show is one in so many. */
  draws: 10_000,
  /** False discovery rate over all tests (Benjamini and Hochberg 1995). */
  falseDiscovery: 0.05,
  /** Chance below which one test alone would count, for its power. */
  alpha: 0.05,
  /** The rise in the daily rate that a test should find: shutdowns were nine times likelier on days of protest (SIGCOMM
   * 2023, "Destination unreachable: characterizing Internet outages and shutdowns"). A yardstick, no prior. */
  ratio: 9,
  /** Below this power nothing is said but how many event days it would take. */
  leastPower: 0.5,
  /** Where no event was: the same days of the week, four weeks before and after. */
  placeboDays: 28,
  /** Events that are tested by region: fewer event days than this are told with all regions together only. */
  leastRegionDays: 3,
} as const;
