import type { SpeedBody } from "../../../protocol/records/speed.ts";
import type { Settings } from "../settings.ts";

/** What one paired sample says, as logarithms of ratios target to control; null where it says nothing. */
export type SpeedSample = {
  /** Of goodput: below zero the target is slower. */
  goodput: number | null;
  /** Of the control's goodput itself (bytes a second), to tell congestion. */
  control: number | null;
  /** Of the time of the handshake: above zero the target is slower. */
  handshake: number | null;
  handshakeMs: number | null;
  /** The control is the same server, or near it: its path is the target's. */
  near: boolean;
};

/** Reads a sample. A side without bytes has no speed: nothing at all arriving is a matter of blocks, not of speed. */
export function readSample(body: SpeedBody, settings: Settings): SpeedSample {
  // Upload has a usual ratio of its own, and is rarely sampled: only download is judged.
  const down = body.direction === "down";
  const target = down ? goodputOf(body.samples.target, settings) : null;
  const control = down ? goodputOf(body.samples.control, settings) : null;
  const { target: slow, control: plain } = body.handshakeMs;
  return {
    goodput: target === null || control === null ? null : Math.log(target / control),
    control: control === null ? null : Math.log(control),
    handshake: slow === null || plain === null ? null : Math.log(Math.max(1, slow) / Math.max(1, plain)),
    handshakeMs: slow,
    near: body.control.choice !== "foreign",
  };
}

/** Bytes a second; null for a sample too small and too short to tell. */
function goodputOf(points: SpeedBody["samples"]["target"], settings: Settings): number | null {
  const [ms, bytes] = points.at(-1) ?? [0, 0];
  if (bytes === 0 || ms === 0 || (bytes < settings.speedLeastBytes && ms < settings.speedLeastMs)) return null;
  return (bytes / ms) * 1000;
}
