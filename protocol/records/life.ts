import { z } from "zod";
import { Text, Utc } from "../primitives.ts";

/** Written at each start: how the run before ended, and how long the host has been up. */
export const StartBody = z.object({
  software: z.string().max(64),
  uptimeS: z.number().min(0),
  previous: z.object({ end: z.enum(["clean", "unclean", "first"]), lastAliveAt: Utc.nullable() }),
  power: z.enum(["mains", "battery", "unknown"]),
});
export type StartBody = z.infer<typeof StartBody>;

/** The host was up from `from` to `to`, whatever the network did: heartbeats, compressed. */
export const AliveBody = z.object({ from: Utc, to: Utc, beats: z.int().min(1) });
export type AliveBody = z.infer<typeof AliveBody>;

/** A clean stop. */
export const StopBody = z.object({ reason: Text });
export type StopBody = z.infer<typeof StopBody>;
