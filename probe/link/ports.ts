import type { LinkBody } from "../../protocol/records/link.ts";
import { tcpCheck } from "./tcp-check.ts";
import { dnsGreeting, quicGreeting, udpAnswers } from "./udp-check.ts";

type Ports = LinkBody["ports"];

/** Ports as they stand while nothing was tested. */
export const UNTESTED: Ports = { "udp/53": null, "tcp/443": null, "tcp/80": null, "tcp/179": null, "udp/443": null };

/**
 * Which ports still lead abroad: each is tried on up to three known addresses and is open when any answers, by data or
 * by a refusal. In January 2022 some ports stayed open in Kazakhstan while the web did not (facts: detection 5.3).
 */
export async function checkPorts(addresses: readonly string[], timeoutMs: number, signal: AbortSignal): Promise<Ports> {
  const ips = addresses.slice(0, 3);
  if (ips.length === 0) return UNTESTED;
  const tcp = async (ip: string, port: number) =>
    (await tcpCheck({ ip, port, timeoutMs, refusedIsOk: true }, signal)).ok;
  const open = await Promise.all([
    any(ips, (ip) => udpAnswers({ ip, port: 53, data: dnsGreeting(), timeoutMs }, signal)),
    any(ips, (ip) => tcp(ip, 443)),
    any(ips, (ip) => tcp(ip, 80)),
    any(ips, (ip) => tcp(ip, 179)),
    any(ips, (ip) => udpAnswers({ ip, port: 443, data: quicGreeting(), timeoutMs }, signal)),
  ]);
  return Object.fromEntries(Object.keys(UNTESTED).map((port, index) => [port, open[index] ?? null]));
}

async function any(ips: readonly string[], test: (ip: string) => Promise<boolean>): Promise<boolean> {
  return (await Promise.all(ips.map(test))).includes(true);
}
