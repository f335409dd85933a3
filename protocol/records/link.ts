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

/**
 * What the line is like, in one word: which kind of dark it is. `open`: all is well. `dns-only`: addresses work and no
 * resolver answers, at home or abroad; `resolver-dead`: the same, but resolvers abroad do. `intercepted`: somebody
 * else answers for the anchors abroad. `partial-port`: abroad some ports answer, not 443. `gateway-dead`: carrier and
 * route are there, the gateway is silent. `no-route`: carrier without a way out. `no-carrier`: cable out, radio off.
 */
export const LINE_CONDITIONS = [
  "open",
  "dns-only",
  "resolver-dead",
  "intercepted",
  "partial-port",
  "domestic-only",
  "white-list",
  "total-cut",
  "gateway-dead",
  "no-route",
  "no-carrier",
  "portal",
] as const;
export const LineCondition = z.enum(LINE_CONDITIONS);
export type LineCondition = z.infer<typeof LineCondition>;

/**
 * One thing about the line that changed from `from` to `to`, between the last proof of the one (`after`) and the first
 * of the other (`before`): most likely in the middle, `boundMs` at most away from it.
 */
export const LinkEdge = z.object({
  of: z.enum(["state", "condition", "medium", "vpn", "collector"]),
  from: z.string().max(32),
  to: z.string().max(32),
  after: Utc,
  afterMono: Ms,
  before: Utc,
  beforeMono: Ms,
  boundMs: Ms,
});
export type LinkEdge = z.infer<typeof LinkEdge>;

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
  /** Each address of the collector; `failure` says why a look at it failed. */
  collector: z.array(z.object({ route: Text, ok: z.boolean(), failure: Failure.nullable().optional() })).max(16),
  condition: LineCondition.optional(),
  /** What changed with this entry; absent when nothing did. */
  edges: z.array(LinkEdge).max(8).optional(),
  /** Whether the way out (or, without one, any interface) has a carrier; null where the system does not tell. */
  carrier: z.boolean().nullable().optional(),
  /** Default routes that are up, over all interfaces and both families. */
  defaultRoutes: z.int().min(0).max(64).optional(),
  /** Internet protocol of the way out. */
  family: z.enum(["v4", "v6"]).nullable().optional(),
});
export type LinkBody = z.infer<typeof LinkBody>;
