/** No collector counts cells of fewer probes in public, whatever those who run it wish. */
export const LEAST_PROBES = 3;
