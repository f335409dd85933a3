/** One reading of true time against monotonic time, and how wrong it may be (half a round trip, resolution). */
export type Reading = { readonly trueMinusMonoMs: number; readonly errorMs: number; readonly mono: number };

/** True time at a moment. `driftPpm` is how fast the monotonic clock gains on true time; null until it can be told. */
export type Estimate = { readonly trueMinusMonoMs: number; readonly errorMs: number; readonly driftPpm: number | null };

/** Readings over time, one kept for each stretch of ten minutes, eight hours of them. */
export type Fit = { add: (reading: Reading) => void; at: (mono: number) => Estimate | null };

const BIN_MS = 600_000;
const BINS = 48;
/** Crystals without correction stay within this; so much worse a reading grows with age. */
const DRIFT_PPM = 100;
/** With the drift known, what it may still wander with temperature. */
const WANDER_PPM = 10;

/**
 * Fits offset and drift to readings taken at contact. In each stretch of time the reading of the smallest error is
 * kept (the quickest answers are the truest: Mills, NTP clock filter, RFC 5905 section 10). The drift is the slope
 * through the first and the last of them, once what their errors allow for is less than an uncorrected crystal's.
 */
export function createFit(): Fit {
  const bins = new Map<number, Reading>();
  return {
    add: (reading) => {
      const bin = Math.floor(reading.mono / BIN_MS);
      const known = bins.get(bin);
      // Compared as they stand now: an older one has had time to go wrong.
      if (known !== undefined && aged(known, reading.mono, DRIFT_PPM) < reading.errorMs) return;
      bins.delete(bin);
      bins.set(bin, reading);
      const oldest = bins.keys().next().value;
      if (bins.size > BINS && oldest !== undefined) bins.delete(oldest);
    },
    at: (mono) => {
      const readings = [...bins.values()];
      const slope = slopeOf(readings);
      const ppm = slope === null ? DRIFT_PPM : Math.min(DRIFT_PPM, slope.errorPpm + WANDER_PPM);
      const best = readings.sort((a, b) => aged(a, mono, ppm) - aged(b, mono, ppm))[0];
      if (best === undefined) return null;
      const gainedMs = slope === null ? 0 : (slope.ppm / 1e6) * (mono - best.mono);
      return {
        trueMinusMonoMs: best.trueMinusMonoMs + gainedMs,
        errorMs: aged(best, mono, ppm),
        // What true time gains, the clock loses.
        driftPpm: slope === null ? null : Math.round(-slope.ppm * 10) / 10 + 0,
      };
    },
  };
}

function aged({ errorMs, mono }: Reading, atMono: number, ppm: number): number {
  return errorMs + (Math.abs(atMono - mono) * ppm) / 1e6;
}

function slopeOf(readings: readonly Reading[]): { ppm: number; errorPpm: number } | null {
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined || last.mono <= first.mono) return null;
  const spanMs = last.mono - first.mono;
  const errorPpm = ((first.errorMs + last.errorMs) / spanMs) * 1e6;
  if (errorPpm >= DRIFT_PPM) return null;
  const ppm = ((last.trueMinusMonoMs - first.trueMinusMonoMs) / spanMs) * 1e6;
  return { ppm, errorPpm };
}
