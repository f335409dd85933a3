import { median } from "../detect/statistics.ts";
import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";
import { findFall } from "./change-point.ts";
import { HOUR_MS, type PairLog, type ProbeHour } from "./pair-log.ts";
import { pseudoMedian, signedRankP } from "./wilcoxon.ts";

export type Method = "goodput" | "handshake";
/** One value of a series with where it comes from; lower is slower for the target, zero is as usual. */
export type Point = { at: EpochMs; probe: string; value: number };

/** A pair found slow, before other pairs are looked at. */
export type Suspicion = {
  method: Method;
  /** Chance of a pair as slow without cause, over the windows tried; 0 for the rule of handshakes, which is no test. */
  p: number;
  /** Estimated ratio target to control, its usual ratio taken out. */
  ratio: number;
  baseline: number;
  start: { after: EpochMs | null; by: EpochMs };
  probes: string[];
  samples: number;
  near: boolean;
};

/** Everything that a pair is judged on: its own log, times it was slow before, and what control probes measured of the
 * target. */
export type PairView = { log: PairLog; slow: readonly { from: EpochMs; to: EpochMs }[]; abroad: PairLog | null };

/** Whether a target is slow on a network at the end of its latest hour; null when it is not, or nothing can be said. */
export function judgePair(view: PairView, settings: Settings): Suspicion | null {
  return byGoodput(view, settings) ?? byHandshake(view, settings);
}

/** Points of a series from one moment to another, with the usual ratio taken out. */
export function pointsOf(rows: readonly ProbeHour[], method: Method, baseline: number): Point[] {
  return rows.flatMap(({ at, probe, goodput, handshake }) => {
    const value = method === "goodput" ? goodput : handshake === null ? null : -handshake;
    return value === null ? [] : [{ at, probe, value: value - baseline }];
  });
}

function byGoodput(view: PairView, settings: Settings): Suspicion | null {
  const { log, abroad } = view;
  const to = log.latest();
  let best: Suspicion | null = null;
  for (const hours of settings.speedWindowHours) {
    const from = Math.max(to - hours * HOUR_MS, view.slow.at(-1)?.to ?? 0);
    const rows = log.between(from, to);
    const baseline = usual(view, { from, rows, method: "goodput" }, settings);
    if (baseline === null || isCongested(view, from, rows, settings)) continue;
    const points = thin(pointsOf(rows, "goodput", baseline), settings.speedMostPoints);
    const found = testPoints(points, settings);
    if (found === null || isSiteSlow(abroad, { from, to, method: "goodput" }, settings)) continue;
    const start = startOf({ view, to, method: "goodput", baseline }, points, settings);
    if (start === null || to - start.by < settings.throttleLeastMs) continue;
    const p = Math.min(1, found.p * settings.speedWindowHours.length);
    if (best === null || p < best.p)
      best = { method: "goodput", p, ratio: found.ratio, baseline, start, ...crowd(rows, found.probes) };
  }
  return best;
}

function testPoints(points: readonly Point[], settings: Settings) {
  const values = points.map(({ value }) => value);
  // Cheap before exact: the interval cannot lie below the limit when the middle value does not.
  if ((median(values) ?? 0) > Math.log(settings.throttleClearRatio)) return null;
  const middle = pseudoMedian(values);
  if (middle === null || Math.exp(middle.estimate) > settings.throttleRatio) return null;
  if (Math.exp(middle.high) >= settings.throttleClearRatio) return null;
  const probes = slowProbes(points, settings);
  if (probes.length < settings.throttleProbes) return null;
  return { p: signedRankP(values), ratio: Math.exp(middle.estimate), probes };
}

/** Probes whose own middle value is slow. */
function slowProbes(points: readonly Point[], settings: Settings): string[] {
  const probes = [...new Set(points.map(({ probe }) => probe))].sort();
  return probes.filter((probe) => {
    const own = median(points.filter((point) => point.probe === probe).map(({ value }) => value));
    return own !== null && own < Math.log(settings.throttleClearRatio);
  });
}

/** Handshakes that take seconds where the control's take a fraction (the pattern of 2022 and 2023). */
function byHandshake(view: PairView, settings: Settings): Suspicion | null {
  const { log, abroad } = view;
  const to = log.latest();
  const from = Math.max(to - settings.handshakeWindowHours * HOUR_MS, view.slow.at(-1)?.to ?? 0);
  const rows = log.between(from, to).filter(({ handshake }) => handshake !== null);
  const probes = [...new Set(rows.map(({ probe }) => probe))].sort();
  const slow = probes.filter((probe) =>
    isHandshakeSlow(
      rows.filter((row) => row.probe === probe),
      settings,
    ),
  );
  if (slow.length < settings.throttleProbes || slow.length * 2 <= probes.length) return null;
  if (!isHandshakeSlow(rows, settings)) return null;
  const baseline = usual(view, { from, rows, method: "handshake" }, settings) ?? 0;
  // A site whose handshakes have always been slow is not throttled.
  if (baseline < -Math.log(settings.handshakeRatio) / 2) return null;
  if (isSiteSlow(abroad, { from, to, method: "handshake" }, settings)) return null;
  const points = pointsOf(rows, "handshake", baseline);
  const start = startOf({ view, to, method: "handshake", baseline }, points, settings);
  if (start === null || to - start.by < (settings.handshakeWindowHours - 1) * HOUR_MS) return null;
  const ratio = Math.exp(median(points.map(({ value }) => value)) ?? 0);
  return { method: "handshake", p: 0, ratio, baseline, start, ...crowd(rows, slow) };
}

function isHandshakeSlow(rows: readonly ProbeHour[], settings: Settings): boolean {
  const ms = median(rows.map(({ handshakeMs }) => handshakeMs).filter((value) => value !== null));
  const ratio = median(rows.map(({ handshake }) => handshake).filter((value) => value !== null));
  return ms !== null && ratio !== null && ms > settings.handshakeMs && ratio > Math.log(settings.handshakeRatio);
}

function crowd(rows: readonly ProbeHour[], probes: string[]) {
  const own = rows.filter(({ probe }) => probes.includes(probe));
  return {
    probes,
    samples: own.reduce((sum, { samples }) => sum + samples, 0),
    near: own.every(({ near }) => near),
  };
}

type Window = { from: EpochMs; rows: readonly ProbeHour[]; method: Method };

/** The usual ratio: of the pair's own past, else as control probes have it, else none between neighbours. */
function usual(view: PairView, { from, rows, method }: Window, settings: Settings): number | null {
  const { abroad } = view;
  for (const before of [pastOf(view, from, settings), abroad?.between(from - settings.speedPastMs, from) ?? []]) {
    const past = pointsOf(before, method, 0);
    if (past.length >= settings.speedLeastPast) return median(past.map(({ value }) => value));
  }
  const now = pointsOf(abroad?.between(from, Number.POSITIVE_INFINITY) ?? [], method, 0);
  if (now.length >= settings.speedLeastPast) return median(now.map(({ value }) => value));
  return rows.length > 0 && rows.every(({ near }) => near) ? 0 : null;
}

/** The four weeks before, without the times when it was slow. */
function pastOf({ log, slow }: PairView, from: EpochMs, settings: Settings): ProbeHour[] {
  const rows = log.between(from - settings.speedPastMs, from);
  return rows.filter(({ at }) => !slow.some((time) => at >= time.from && at < time.to));
}

/** The control has lost speed itself: the line is full. */
function isCongested(view: PairView, from: EpochMs, rows: readonly ProbeHour[], settings: Settings): boolean {
  const speeds = (of: readonly ProbeHour[]) => of.map(({ control }) => control).filter((value) => value !== null);
  const past = speeds(pastOf(view, from, settings));
  const [before, now] = [median(past), median(speeds(rows))];
  if (past.length < settings.speedLeastPast || before === null || now === null) return false;
  return now - before < Math.log(settings.congestionRatio);
}

/** The target is slow for control probes as well. */
function isSiteSlow(
  abroad: PairLog | null,
  { from, to, method }: { from: EpochMs; to: EpochMs; method: Method },
  settings: Settings,
): boolean {
  if (abroad === null) return false;
  const past = pointsOf(abroad.between(from - settings.speedPastMs, from), method, 0);
  const usually = (past.length >= settings.speedLeastPast && median(past.map(({ value }) => value))) || 0;
  const now = median(pointsOf(abroad.between(from, to), method, usually).map(({ value }) => value));
  return now !== null && now < Math.log(settings.throttleClearRatio);
}

/** When it began: the step down in the last days; from the first value on when there was no time before. */
function startOf(
  { view, to, method, baseline }: { view: PairView; to: EpochMs; method: Method; baseline: number },
  window: readonly Point[],
  settings: Settings,
): { after: EpochMs | null; by: EpochMs } | null {
  const from = Math.max(to - settings.speedStartMs, view.slow.at(-1)?.to ?? 0);
  const points = pointsOf(view.log.between(from, to), method, baseline);
  const fall = findFall(points.map(({ value }) => Math.max(-3, Math.min(1, value))));
  const first = fall === null ? window[0] : points[fall.latest];
  if (first === undefined) return null;
  return fall === null ? { after: null, by: first.at } : { after: points[fall.earliest - 1]?.at ?? null, by: first.at };
}

/** At most so many of them, evenly spread: the exact test grows with the cube of their number. */
function thin(points: readonly Point[], most: number): Point[] {
  const step = Math.max(1, points.length / most);
  return points.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
}
