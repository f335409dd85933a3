import { wallTime } from "../time.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Ticks a wide screen can carry; a phone shows every second of them. */
const MOST_TICKS = 8;
const MINUTE_MS = 60_000;
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2160].map((hours) => hours * HOUR_MS),
];

/** A window of time as wide as the drawing: positions are per cent, so that it stretches without script. */
export type Scale = { fromMs: number; toMs: number };

/** The scale of a window; one that is empty or backwards is drawn as one minute. */
export function scaleOf(from: string, to: string): Scale {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  return { fromMs, toMs: Math.max(toMs, fromMs + 60_000) };
}

/** Per cent from the left edge, held within the drawing. */
export function percent(scale: Scale, atMs: number): number {
  const share = ((atMs - scale.fromMs) / (scale.toMs - scale.fromMs)) * 100;
  return Math.round(Math.min(100, Math.max(0, share)) * 1000) / 1000;
}

/** A tick: where, and whether a new local day begins there. */
export type Tick = { atMs: number; percent: number; midnight: boolean };

/** Ticks at round local times, counted anew from each local midnight: a day may have 25 hours. */
export function ticksOf(scale: Scale, zone: string): { ticks: Tick[]; stepMs: number } {
  const length = scale.toMs - scale.fromMs;
  const stepMs = STEPS_MS.find((step) => length / step <= MOST_TICKS) ?? length;
  const moments =
    stepMs < DAY_MS ? withinDays(scale, zone, stepMs) : wholeDays(scale, zone, Math.round(stepMs / DAY_MS));
  const inside = moments.filter(({ atMs }) => atMs >= scale.fromMs && atMs <= scale.toMs);
  return { ticks: inside.map((moment) => ({ ...moment, percent: percent(scale, moment.atMs) })), stepMs };
}

type Moment = Pick<Tick, "atMs" | "midnight">;

function withinDays(scale: Scale, zone: string, stepMs: number): Moment[] {
  return daysOf(scale, zone).flatMap(([from, to]) => {
    // The last tick of a long day would lie on the next midnight's heels.
    const count = Math.max(1, Math.round((to - from) / stepMs));
    return Array.from({ length: count }, (_, index) => ({ atMs: from + index * stepMs, midnight: index === 0 }));
  });
}

function wholeDays(scale: Scale, zone: string, step: number): Moment[] {
  const days = daysOf(scale, zone);
  return days.filter((_, index) => index % step === 0).map(([atMs]) => ({ atMs, midnight: true }));
}

/** The local days that a window touches, as bounds. Capped, as a window may be absurd. */
function daysOf(scale: Scale, zone: string): [number, number][] {
  const days: [number, number][] = [];
  for (let at = scale.fromMs; at <= scale.toMs && days.length < 4000; at = days.at(-1)?.[1] ?? scale.toMs + 1)
    days.push(boundsOf(new Date(at).toISOString(), "day", zone));
  return days;
}

/** Bounds of the local day or month, or of the hour or minute, in which a moment lies: what a precision means. */
export function boundsOf(at: string, precision: "minute" | "hour" | "day" | "month", zone: string): [number, number] {
  const atMs = Date.parse(at);
  if (precision === "minute") return [atMs, atMs];
  if (precision === "hour") return [Math.floor(atMs / HOUR_MS) * HOUR_MS, Math.ceil((atMs + 1) / HOUR_MS) * HOUR_MS];
  const wall = wallTime(atMs, zone);
  if (precision === "day")
    return [utcOf(wall.year, wall.month, wall.day, zone), utcOf(wall.year, wall.month, wall.day + 1, zone)];
  return [utcOf(wall.year, wall.month, 1, zone), utcOf(wall.year, wall.month + 1, 1, zone)];
}

/** The moment an event is known to have lasted to. An end less than a day off adds nothing to a time known to the day. */
export function lastMoment({
  start,
  end,
  precision,
}: {
  start: string;
  end: string | null;
  precision: string;
}): string {
  if (end === null) return start;
  return precision === "day" && Date.parse(end) - Date.parse(start) <= DAY_MS ? start : end;
}

/** UTC moment of a local midnight. Two rounds settle on the offset that is valid at that midnight. */
function utcOf(year: number, month: number, day: number, zone: string): number {
  const wallMs = Date.UTC(year, month - 1, day);
  const first = wallMs - wallTime(wallMs, zone).offsetMin * 60_000;
  return wallMs - wallTime(first, zone).offsetMin * 60_000;
}

/** Whether ticks of this step tell days rather than hours. */
export function tellsDays(stepMs: number): boolean {
  return stepMs >= DAY_MS;
}
