import { isIP } from "node:net";
import type { DnsStep } from "../../protocol/records/web.ts";
import { endpointText, parseEndpoint } from "./endpoint.ts";
import type { Measurement } from "./measurement.ts";
import { resolve } from "./resolve.ts";

/** Farther than most injectors and nearer than most public resolvers. */
const MOST_HOPS = 12;
const TIMEOUT_MS = 1_500;

/** Whether a question over UDP was answered twice, or with an address that cannot be true. */
export function isInjected(step: DnsStep): boolean {
  return (
    step.ttl === undefined && step.transport === "udp" && (step.late.length > 0 || step.failure === "dns_bogon_error")
  );
}

/**
 * How far off is who answers in a resolver's stead: the question that was answered falsely once more, to the same
 * server, with 1 to 12 hops to live, all at once. The least that brings an answer is the distance; the resolver itself
 * is farther. A resolver at home or under a name is not asked: its own lies come from no distance.
 */
export async function placeInjector(m: Measurement, servers: readonly string[]): Promise<void> {
  const lie = m.steps.dns.find((step) => isInjected(step) && serverOf(step, servers, m.isBogon) !== null);
  const server = lie && serverOf(lie, servers, m.isBogon);
  if (!lie || !server || m.signal.aborted) return;
  const hops = Array.from({ length: Math.min(MOST_HOPS, m.room("dns")) }, (_, index) => index + 1);
  const { resolver, name, type } = lie;
  const timeoutMs = Math.min(TIMEOUT_MS, m.deadlines.dnsMs);
  const { timer, isBogon, signal } = m;
  const ask = (ttl: number) =>
    resolve({ resolver, server, name, type, ttl, timeoutMs, lateMs: 0, timer, isBogon }, signal);
  for (const step of await Promise.all(hops.map(ask))) m.add("dns", step);
}

/** The server that a step asked, in full (records may hold only a range), when it stands out on the internet. */
function serverOf(step: DnsStep, servers: readonly string[], isBogon: (ip: string) => boolean): string | null {
  const known = step.resolver !== "system" || servers.includes(step.server ?? "");
  const server = known ? step.server : null;
  const endpoint = server === null ? null : parseEndpoint(server, 53);
  return endpoint !== null && isIP(endpoint.ip) !== 0 && !isBogon(endpoint.ip) ? endpointText(endpoint) : null;
}
