import { z } from "zod";
import { Hex32, Ms, ProbeId, Text, Utc } from "../primitives.ts";

export const Power = z.enum(["mains", "battery", "unknown"]);
export type Power = z.infer<typeof Power>;

/**
 * How the run before ended, as far as the start after it can tell. `stopped`: told to, the host stayed up. `shutdown`:
 * told to, and the host has booted since (an orderly shutdown or reboot, or a stop and a boot of another reason).
 * `update`: other software since, in the same boot. `crash`: same boot, same software, no farewell (a fault, or killed).
 * `power-or-reboot`: no farewell and another boot (power loss, reset, or a reboot that gave no time): not told apart.
 */
export const EndedHow = z.enum(["first", "stopped", "shutdown", "update", "crash", "power-or-reboot"]);
export type EndedHow = z.infer<typeof EndedHow>;

/**
 * First entry of a new key on the same host: which chain it goes on from, up to what is known of it. `damaged`: the
 * file could not be read whole; `missing`: it was gone or empty; `lost-tail`: its last commits were gone; `fork`: the
 * collector has another history of that key (a restored copy of the folder).
 */
export const Continues = z.object({
  probe: ProbeId,
  seq: z.int().min(0),
  hash: Hex32,
  why: z.enum(["damaged", "missing", "lost-tail", "fork"]),
});
export type Continues = z.infer<typeof Continues>;

/**
 * Entries that were given up before they came into the chain because the journal or the disk was full: how many of a
 * kind, and between which times (the probe's own clock). They are in no other record.
 */
export const Shed = z.object({ kind: z.string().max(16), count: z.int().min(1), from: Utc, to: Utc });
export type Shed = z.infer<typeof Shed>;

/** Written at each start: how the run before ended, and how long the host has been up. */
export const StartBody = z.object({
  software: z.string().max(64),
  uptimeS: z.number().min(0),
  previous: z.object({
    end: z.enum(["clean", "unclean", "first"]),
    lastAliveAt: Utc.nullable(),
    how: EndedHow.optional(),
    /** Reason of the `stop`, where there was one. */
    reason: Text.optional(),
    boot: z.string().max(64).optional(),
    software: z.string().max(64).optional(),
    /** Power at the last beat. */
    power: Power.optional(),
    /** From the last sign of life to the boot (same boot: to this start). Absent where the clocks cannot tell. */
    silentMs: Ms.optional(),
    /** The true end lies at most this long after the last sign of life: signs are kept at each heartbeat. */
    boundMs: Ms.optional(),
  }),
  power: Power,
  /** Charge of the battery in percent, where there is one. */
  batteryPercent: z.number().min(0).max(100).optional(),
  continues: Continues.optional(),
  shed: z.array(Shed).max(16).optional(),
});
export type StartBody = z.infer<typeof StartBody>;

/** The host was up from `from` to `to`, whatever the network did: heartbeats, compressed. */
export const AliveBody = z.object({
  from: Utc,
  to: Utc,
  beats: z.int().min(1),
  /** Monotonic milliseconds of `from` and `to`; all but wall clocks that were set in between agree with them. */
  fromMono: Ms.optional(),
  toMono: Ms.optional(),
  power: Power.optional(),
  /** By how much the wall clock was set just before `from`, and how long the host slept then. */
  clockSetMs: z.number().min(-1e13).max(1e13).optional(),
  sleptMs: Ms.optional(),
  shed: z.array(Shed).max(16).optional(),
});
export type AliveBody = z.infer<typeof AliveBody>;

/** A clean stop. */
export const StopBody = z.object({ reason: Text });
export type StopBody = z.infer<typeof StopBody>;
