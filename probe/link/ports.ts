import type { LinkBody } from "../../protocol/records/link.ts";
import { tcpCheck } from "./tcp-check.ts";
import { dnsGreeting, quicGreeting, udpAnswers } from "./udp-check.ts";

type Ports = LinkBody["ports"];

/** Ports as they stand while nothing was tested. */
export const UNTESTED: Ports = {
  "udp/53": null,
  "tcp/443": null,
  "tcp/80": null,
  "tcp/179": null,
  "tcp/3785": null,
  "udp/443": null,
};

/** Hosts asked: three operators; a single one may be down, or refuse a port that the way there is open for. */
const HOSTS = 3;

/**
 * Which ports still lead abroad: each is tried on up to three known addresses and is open when any answers, by data or
 * by a refusal. In January 2022 UDP 53 and TCP 179 and 3785 stayed open in Kazakhstan while the web did not
 * (net4people/bbs issue 102).
 */
export async function checkPorts(addresses: readonly string[], timeoutMs: number, signal: AbortSignal): Promise<Ports> {
  const ips = addresses.slice(0, HOSTS);
  if (ips.length === 0) return UNTESTED;
  const open = await Promise.all(
    Object.keys(UNTESTED).map(async (name): Promise<[string, boolean]> => {
      const port = Number(name.slice(4));
      const test = (ip: string) =>
        name.startsWith("tcp")
          ? tcpCheck({ ip, port, timeoutMs, refusedIsOk: true }, signal).then(({ ok }) => ok)
          : udpAnswers({ ip, port, data: port === 53 ? dnsGreeting() : quicGreeting(), timeoutMs }, signal);
      return [name, (await Promise.all(ips.map(test))).includes(true)];
    }),
  );
  return Object.fromEntries(open);
}

/** Whether resolvers abroad answer while the host's own does not; the other ports stay untested. */
export async function checkDnsAbroad(
  addresses: readonly string[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Ports> {
  const ips = addresses.slice(0, HOSTS);
  if (ips.length === 0) return UNTESTED;
  const answers = await Promise.all(
    ips.map((ip) => udpAnswers({ ip, port: 53, data: dnsGreeting(), timeoutMs }, signal, { refusedIsOk: false })),
  );
  return { ...UNTESTED, "udp/53": answers.includes(true) };
}
