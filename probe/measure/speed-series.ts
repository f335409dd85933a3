import { LIMITS } from "../../protocol/limits.ts";
import type { SpeedBody } from "../../protocol/records/speed.ts";
import type { Timer } from "./timer.ts";

/** Points of (milliseconds, bytes so far), as in the record. */
export type Series = SpeedBody["samples"]["target"];

/** A series under way. */
export type SeriesUnderWay = {
  /** Takes the count so far, now. It never falls. */
  note: (bytesSoFar: number) => void;
  bytes: () => number;
  /** The points. `stillWaiting` adds one for now: time without bytes counts. */
  end: (stillWaiting: boolean) => Series;
};

/**
 * Starts a series: one point for each `binMs` in which something arrived, at the moment of the last arrival in it.
 */
export function startSeries(timer: Timer, binMs: number): SeriesUnderWay {
  const points: Series = [];
  const put = (bytes: number) => {
    const ms = timer();
    const last = points.at(-1);
    const sameBin = last !== undefined && Math.floor(last[0] / binMs) === Math.floor(ms / binMs);
    if (sameBin || points.length === LIMITS.samples) points.pop();
    points.push([ms, bytes]);
  };
  const bytes = () => points.at(-1)?.[1] ?? 0;
  return {
    note: (soFar) => {
      if (soFar > bytes()) put(soFar);
    },
    bytes,
    end: (stillWaiting) => {
      if (stillWaiting && points.length > 0) put(bytes());
      return points;
    },
  };
}
