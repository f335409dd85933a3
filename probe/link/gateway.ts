import { isIPv6 } from "node:net";
import type { LinkCheck } from "../../protocol/records/link.ts";
import { arpComplete, arpTable, type Route } from "./route.ts";
import { tcpCheck } from "./tcp-check.ts";
import { dnsGreeting, udpAnswers } from "./udp-check.ts";

/** Ports that home routers answer on or refuse: DNS, their page. */
const PORTS = [53, 80];
/** The kernel asks a silent neighbour three times, a second apart, before it says that there is none (RFC 4861). */
const NEIGHBOUR_MS = 3500;

/**
 * Whether the gateway answers: a connection, a refusal, an answer to a DNS question, or the kernel having heard from
 * it on the wire. Null when the system does not tell its routes, the link has no gateway address, or (IPv6, whose
 * neighbours the kernel does not list in a file) a silent gateway may yet be there.
 */
export async function checkGateway(
  route: Route | null | undefined,
  { timeoutMs, calm = false }: { timeoutMs: number; calm?: boolean },
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
  const answered = checks.find(({ ok }) => ok);
  if (answered !== undefined) return answered;
  // A router that drops everything is still there when it answers ARP.
  if (hears || arpComplete(arpTable(), gateway)) return { ok: true, ms: null, failure: null };
  const failure = checks[0]?.failure ?? "generic_timeout_error";
  return isV6 && failure === "generic_timeout_error" ? null : { ok: false, ms: null, failure };
}
