import { z } from "zod";
import { Failure } from "../failure.ts";
import { LIMITS } from "../limits.ts";
import { atMost, Ms, Text, Utc } from "../primitives.ts";

/** The ladder: the highest rung reached (design 4.3). */
export const LINK_STATES = ["none", "lan", "isp", "domestic", "international"] as const;
export const LinkState = z.enum(LINK_STATES);
export type LinkState = z.infer<typeof LinkState>;

export const LinkCheck = z.object({ ok: z.boolean(), ms: Ms.nullable(), failure: Failure.nullable() });
export type LinkCheck = z.infer<typeof LinkCheck>;
export const NamedCheck = LinkCheck.extend({ id: z.string().min(1).max(253) });
export type NamedCheck = z.infer<typeof NamedCheck>;

const namedChecks = z.array(NamedCheck).max(LIMITS.checks);

/** State of the probe's own line; null checks were not made. */
export const LinkBody = z.object({
  state: LinkState,
  since: Utc,
  /** Monotonic milliseconds of `since`, where it lies in this boot. */
  sinceMono: Ms.optional(),
  /** After a change: the state before, and the last look that still found it. With `since` it bounds the change. */
  previous: z.object({ state: LinkState, until: Utc, untilMono: Ms }).optional(),
  medium: z.enum(["ethernet", "wifi", "wwan", "unknown"]),
  vpn: z.boolean(),
  portal: z.boolean(),
  checks: z.object({
    gateway: LinkCheck.nullable(),
    resolver: LinkCheck.nullable(),
    domestic: namedChecks,
    whitelist: namedChecks,
    foreign: namedChecks,
  }),
  /** Tested only while foreign checks fail; untested is null. */
  ports: atMost(LIMITS.checks, z.record(z.string().max(16), z.boolean().nullable())),
  collector: z.array(z.object({ route: Text, ok: z.boolean() })).max(16),
});
export type LinkBody = z.infer<typeof LinkBody>;
