/** No collector counts cells of fewer probes in public, whatever those who run it wish. */
export const LEAST_PROBES = 3;

/**
 * Fewest probes that a published cell (network, region, access) may count. Of a smaller one it is only told that it
 * has some: an exact count, or a region beside a measurement, could point at a person. Those who run the collector may
 * raise it (`threshold.ts`); it is one for the process, and whoever imports it sees it change.
 */
export let ENOUGH_PROBES = 3;

/** Brings a threshold into force, at least {@link LEAST_PROBES}. */
export function useEnoughProbes(count: number): void {
  ENOUGH_PROBES = Math.max(LEAST_PROBES, count);
}
