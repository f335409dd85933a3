import type { LinkCheck } from "../../protocol/records/link.ts";
import { arpComplete, arpTable, type Route } from "./route.ts";
import { tcpCheck } from "./tcp-check.ts";

/** Ports that home routers answer on or refuse: DNS, their page. */
const PORTS = [53, 80];

/**
 * Whether the gateway answers: a connection, a refusal, or the kernel having heard from it on the wire. Null when the
 * system does not tell its routes or the link has no gateway address.
 */
export async function checkGateway(
  route: Route | null | undefined,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<LinkCheck | null> {
  if (route === undefined) return null;
  if (route === null) return { ok: false, ms: null, failure: "network_unreachable" };
  const { gateway } = route;
  if (gateway === null) return null;
  const checks = await Promise.all(
    PORTS.map((port) => tcpCheck({ ip: gateway, port, timeoutMs, refusedIsOk: true }, signal)),
  );
  const answered = checks.find(({ ok }) => ok);
  if (answered !== undefined) return answered;
  // A router that drops everything is still there when it answers ARP.
  if (arpComplete(arpTable(), gateway)) return { ok: true, ms: null, failure: null };
  return { ok: false, ms: null, failure: checks[0]?.failure ?? "generic_timeout_error" };
}
