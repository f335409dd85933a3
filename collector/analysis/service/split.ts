import type { ImBody } from "../../../protocol/records/im.ts";
import type { TcpStep, WebBody } from "../../../protocol/records/web.ts";
import { isAddress } from "../read/address.ts";
import { addressesIn } from "../read/facts.ts";
import { hostOf } from "../read/urls.ts";

/** One endpoint of a messenger: `name:port` or `address:port`, with the steps that concern it. */
export type Endpoint = {
  id: string;
  host: string;
  /** By address, without a name: a data centre. */
  byAddress: boolean;
  body: WebBody;
};

/** The endpoints of a messenger's measurement, in the order in which they first appear. Follow-ups go with the address they went to. */
export function splitService(body: ImBody): Endpoint[] {
  const owners = ownersOfTcp(body);
  const keys = new Map<string, { host: string; port: number }>();
  for (const step of body.tcp) {
    if (step.purpose !== undefined) continue;
    for (const host of owners.get(step.id) ?? []) keys.set(keyOf(host, step.port), { host, port: step.port });
  }
  const connected = new Set([...keys.values()].map(({ host }) => host));
  for (const { name } of body.dns) {
    const host = plain(name);
    // A name that led to no connection at all still has a verdict: that of its resolver.
    if (!connected.has(host) && body.dns.some((step) => plain(step.name) === host && step.ttl === undefined)) {
      connected.add(host);
      keys.set(keyOf(host, 443), { host, port: 443 });
    }
  }
  return [...keys.values()].map(({ host, port }) => endpointOf(body, owners, host, port));
}

function endpointOf(
  body: ImBody,
  owners: ReadonlyMap<number, readonly string[]>,
  host: string,
  port: number,
): Endpoint {
  const own = body.tcp.filter(
    (step) => step.purpose === undefined && step.port === port && owners.get(step.id)?.includes(host) === true,
  );
  const addresses = new Set(own.map(({ ip }) => ip));
  const tcp = [...own, ...body.tcp.filter((step) => step.purpose !== undefined && addresses.has(step.ip))];
  const ids = new Set(tcp.map(({ id }) => id));
  const http = body.http.filter((step) => ids.has(step.tcp));
  const clear = http.some((step) => step.tls === null && step.purpose === undefined);
  const shown = host.includes(":") ? `[${host}]` : host;
  return {
    id: keyOf(host, port),
    host,
    byAddress: isAddress(host),
    body: {
      target: host,
      url: `${clear ? "http" : "https"}://${shown}:${port}/`,
      round: body.round,
      durationMs: body.durationMs,
      dns: isAddress(host) ? [] : dnsOf(body, host),
      tcp,
      tls: body.tls.filter((step) => ids.has(step.tcp)),
      http,
      ...(body.local === undefined ? {} : { local: body.local }),
    },
  };
}

/** Questions for the host, and those for names that no endpoint has (an innocent one). */
function dnsOf(body: ImBody, host: string) {
  return body.dns.filter((step) => plain(step.name) === host);
}

/**
 * Whose a connection is, by TCP step: the name of the handshake or request on it, else every name for which its address
 * was answered (a messenger's names share addresses), else its own address.
 */
function ownersOfTcp(body: ImBody): Map<number, readonly string[]> {
  const byAddress = new Map<string, Set<string>>();
  for (const step of body.dns)
    for (const ip of addressesIn(step.answers))
      byAddress.set(ip, (byAddress.get(ip) ?? new Set()).add(plain(step.name)));
  return new Map(
    body.tcp.map(({ id, ip }) => {
      const top = nameOnTop(body, id);
      const named = byAddress.get(ip.toLowerCase());
      return [id, top !== undefined ? [top] : named !== undefined ? [...named] : [ip.toLowerCase()]];
    }),
  );
}

function nameOnTop(body: ImBody, tcp: TcpStep["id"]): string | undefined {
  const sni = body.tls.find((step) => step.tcp === tcp && step.purpose === "target")?.sni;
  if (sni) return plain(sni);
  const url = body.http.find((step) => step.tcp === tcp && step.purpose === undefined)?.url;
  return url === undefined ? undefined : (hostOf(url) ?? undefined);
}

function keyOf(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
