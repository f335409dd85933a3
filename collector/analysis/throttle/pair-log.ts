import { median } from "../detect/statistics.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import type { SpeedSample } from "./sample.ts";

export const HOUR_MS = 3_600_000;

/** One probe's samples of one target in one hour, as medians. `at` is the time of its first sample. */
export type ProbeHour = { probe: string; at: EpochMs; samples: number } & Omit<SpeedSample, "near"> & { near: boolean };
type Cell = { probe: string; at: EpochMs; samples: SpeedSample[]; summary: ProbeHour | null };

/** Samples of one target on one network, by hour and probe. */
export type PairLog = {
  put: (probe: string, at: EpochMs, sample: SpeedSample) => void;
  /** Probe-hours from one moment to another, in order of time. */
  between: (from: EpochMs, to: EpochMs) => ProbeHour[];
  /** End of the latest hour that has samples; 0 while there is none. */
  latest: () => EpochMs;
};

/** An empty log. It keeps a bounded number of hours, the oldest go. */
export function createPairLog(settings: Settings): PairLog {
  const hours = new Map<number, Map<string, Cell>>();
  let last = -1;
  return {
    put: (probe, at, sample) => {
      const hour = Math.floor(at / HOUR_MS);
      const cells = hours.get(hour) ?? new Map<string, Cell>();
      hours.set(hour, cells);
      const cell = cells.get(probe) ?? { probe, at, samples: [], summary: null };
      cells.set(probe, cell);
      cell.summary = null;
      cell.at = Math.min(cell.at, at);
      if (cell.samples.length < settings.speedSamplesAnHour) cell.samples.push(sample);
      last = Math.max(last, hour);
      if (hours.size > settings.speedHoursKept) hours.delete(Math.min(...hours.keys()));
    },
    between: (from, to) =>
      [...hours]
        .filter(([hour]) => (hour + 1) * HOUR_MS > from && hour * HOUR_MS < to)
        .flatMap(([, cells]) => [...cells.values()])
        .filter(({ at }) => at >= from && at < to)
        .map(summaryOf)
        .sort((a, b) => a.at - b.at || (a.probe < b.probe ? -1 : 1)),
    latest: () => (last + 1) * HOUR_MS,
  };
}

function summaryOf(cell: Cell): ProbeHour {
  cell.summary ??= summarize(cell);
  return cell.summary;
}

function summarize({ probe, at, samples }: Cell): ProbeHour {
  const of = (key: Exclude<keyof SpeedSample, "near">) =>
    median(samples.map((sample) => sample[key]).filter((value) => value !== null));
  return {
    probe,
    at,
    samples: samples.length,
    goodput: of("goodput"),
    control: of("control"),
    handshake: of("handshake"),
    handshakeMs: of("handshakeMs"),
    near: samples.every(({ near }) => near),
  };
}
