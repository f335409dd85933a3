import { randomUUID } from "node:crypto";
import { endpointText } from "../../../probe/measure/endpoint.ts";
import type { HostFacts } from "../../../probe/measure/host-facts.ts";
import type { WebOptions } from "../../../probe/measure/web.ts";
import type { Running, World } from "../../world/index.ts";

/** Deadlines that make silence cheap in tests and are still long against a busy machine. */
export const QUICK = { dnsMs: 1500, lateMs: 60, tcpMs: 1500, tlsMs: 700, httpMs: 1000, totalMs: 30_000 };

/** A host on which nothing is suspicious. */
export const QUIET_HOST: HostFacts = {
  hostsText: "",
  interfaces: [],
  pppoe: false,
  proxyVariables: [],
  localRoots: () => [],
  nowMs: Date.now(),
};

/** Options of a measurement inside a world: all its resolvers, its authority, no getaddrinfo. */
export function webSettings(world: World, url: string, more: Partial<WebOptions> = {}): WebOptions {
  return {
    target: new URL(url).hostname,
    url,
    round: randomUUID(),
    systemResolvers: [endpoint(world.isp)],
    publicResolvers: [endpoint(world.publicDns)],
    doh: [world.doh.url],
    addresses: [],
    controlSni: "innocent.test",
    followups: true,
    ca: [world.authority.ca],
    deadlines: QUICK,
    allowPrivate: true,
    lookup: null,
    host: QUIET_HOST,
    ...more,
  };
}

/** `ip:port` of a running server. */
export function endpoint({ address, port }: Running): string {
  return endpointText({ ip: address, port });
}

/** A signal that never aborts. */
export function calm(): AbortSignal {
  return new AbortController().signal;
}
