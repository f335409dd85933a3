import type { AliveBody, Power } from "../../protocol/records/life.ts";
import { utc } from "../clock.ts";

/** One heartbeat: both clocks, how long the host had slept by then, and what it ran on. */
export type Beat = { wallMs: number; mono: number; slept: number; power: Power };

/** Beats that follow one another without a break; `before` is the last beat of the stretch before. */
export type Stretch = { first: Beat; last: Beat; beats: number; before: Beat | null };

/** The wall clock moved otherwise than time did, by more than a clock being slewed would (500 ppm of a beat). */
const SET_LEAST_MS = 1000;
const BEATS_MISSED = 3;

/** A stretch of one beat. */
export function firstBeat(beat: Beat, before: Beat | null): Stretch {
  return { first: beat, last: beat, beats: 1, before };
}

/** The stretch with a beat more. */
export function addBeat(stretch: Stretch, beat: Beat): Stretch {
  return { ...stretch, last: beat, beats: stretch.beats + 1 };
}

/** Whether what lies between two beats is no proof of life: too long, asleep, a clock set, another source of power. */
export function isBroken(last: Beat, beat: Beat, heartbeatMs: number): boolean {
  const isLate = beat.mono - last.mono > BEATS_MISSED * heartbeatMs;
  return isLate || setBy(last, beat) !== 0 || beat.slept > last.slept || beat.power !== last.power;
}

/** The stretch as a record; what broke it from the stretch before stands with it. */
export function aliveBody({ first, last, beats, before }: Stretch): AliveBody {
  const setMs = before === null ? 0 : setBy(before, first);
  const sleptMs = before === null ? 0 : first.slept - before.slept;
  return {
    from: utc(first.wallMs),
    to: utc(Math.max(first.wallMs, last.wallMs)),
    beats,
    fromMono: tenths(first.mono),
    toMono: tenths(last.mono),
    ...(first.power !== "unknown" && { power: first.power }),
    ...(setMs !== 0 && { clockSetMs: tenths(setMs) }),
    ...(sleptMs > 0 && { sleptMs: tenths(sleptMs) }),
  };
}

/** By how much the wall clock was set between two beats; 0 when it went on as time did. */
function setBy(last: Beat, beat: Beat): number {
  const setMs = beat.wallMs - last.wallMs - (beat.mono - last.mono);
  return Math.abs(setMs) > SET_LEAST_MS ? setMs : 0;
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
