import { isIPv6 } from "node:net";
import type { LinkCheck } from "../../protocol/records/link.ts";
import { arpComplete, arpTable, type Route } from "./route.ts";
import { tcpCheck } from "./tcp-check.ts";
import { dnsGreeting, udpAnswers } from "./udp-check.ts";

/** Ports that home routers answer on or refuse: DNS, their page. */
const PORTS = [53, 80];
/** The kernel asks a silent neighbour three times, a second apart, before it says that there is none (RFC 4861). */
const NEIGHBOUR_MS = 3500;

/** `answered` remembers the gateways that answered questions; `calm` takes the kernel's list for an answer. */
export type GatewayOptions = { timeoutMs: number; calm: boolean; answered: Set<string> };

/**
 * Whether the gateway answers: a connection, a refusal, an answer to a DNS question, or the kernel having heard from
 * it on the wire. Null when the system does not tell its routes, the link has no gateway address, or (IPv6, whose
 * neighbours the kernel does not list in a file) a silent gateway may yet be there.
 */
export async function checkGateway(
  route: Route | null | undefined,
  { timeoutMs, calm, answered }: GatewayOptions,
  signal: AbortSignal,
): Promise<LinkCheck | null> {
  if (route === undefined) return null;
  if (route === null) return { ok: false, ms: null, failure: "network_unreachable" };
  const { gateway } = route;
  if (gateway === null) return null;
  // While all is well what goes abroad goes through the gateway: the kernel's list is as good as a question.
  if (calm && arpComplete(arpTable(), gateway)) return { ok: true, ms: null, failure: null };
  const isV6 = isIPv6(gateway.replace(/%.*$/, ""));
  const waitMs = isV6 ? Math.max(timeoutMs, NEIGHBOUR_MS) : timeoutMs;
  const look = (port: number) => tcpCheck({ ip: gateway, port, timeoutMs: waitMs, refusedIsOk: true }, signal);
  const [hears, ...checks] = await Promise.all([
    udpAnswers({ ip: gateway, port: 53, data: dnsGreeting(), timeoutMs }, signal),
    ...PORTS.map(look),
  ]);
  const reached = checks.find(({ ok }) => ok);
  if (reached !== undefined || hears) answered.add(gateway);
  if (reached !== undefined || hears) return reached ?? { ok: true, ms: null, failure: null };
  // A router that always drops everything is there when it answers ARP. The kernel believes its list for up to 45 s
  // (reachable time, RFC 4861), too long for one that used to answer.
  if (!answered.has(gateway) && arpComplete(arpTable(), gateway)) return { ok: true, ms: null, failure: null };
  const failure = checks[0]?.failure ?? "generic_timeout_error";
  return isV6 && failure === "generic_timeout_error" ? null : { ok: false, ms: null, failure };
}
