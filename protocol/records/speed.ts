import { z } from "zod";
import { Failure } from "../failure.ts";
import { LIMITS } from "../limits.ts";
import { HostName, Ip, Ms, Url } from "../primitives.ts";

/** Points of (milliseconds since the request, bytes received so far). Down: on the line, TLS and headers included. */
const series = z.array(z.tuple([Ms, z.number().min(0)])).max(LIMITS.samples);

/** A target and its control object fetched back to back on one line (design 4.4). */
export const SpeedBody = z.object({
  target: HostName,
  url: Url,
  control: z.object({ url: Url, choice: z.enum(["same-address", "same-prefix", "foreign"]) }),
  order: z.enum(["control-first", "target-first"]),
  direction: z.enum(["down", "up"]),
  samples: z.object({ target: series, control: series }),
  handshakeMs: z.object({ target: Ms.nullable(), control: Ms.nullable() }),
  failure: z.object({ target: Failure.nullable(), control: Failure.nullable() }),
  /** How long each TCP connection took, which is about a round trip: congestion raises both. */
  connectMs: z.object({ target: Ms.nullable(), control: Ms.nullable() }).optional(),
  /** Whether anything came back after the first byte sent: very slow is not silent. Null where nothing could be sent. */
  answered: z.object({ target: z.boolean().nullable(), control: z.boolean().nullable() }).optional(),
  /** Where the two objects were fetched from: equal for `same-address`. */
  addresses: z.object({ target: Ip, control: Ip }).optional(),
  /** Only handshakes were made: the line is metered, and no samples say nothing about speed. */
  handshakeOnly: z.boolean().optional(),
});
export type SpeedBody = z.infer<typeof SpeedBody>;
