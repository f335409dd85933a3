import { isIPv4 } from "node:net";
import pLimit from "p-limit";
import { LIMITS } from "../../protocol/limits.ts";
import type { ImBody } from "../../protocol/records/im.ts";
import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { DnsStep } from "../../protocol/records/web.ts";
import type { Messenger } from "../../targets/messengers.ts";
import { addressesToDial } from "./addresses.ts";
import { hostOf, portOf } from "./endpoint.ts";
import { handshake } from "./handshake.ts";
import { readHostFacts } from "./host-facts.ts";
import { askAboutCentre, askAboutSite } from "./im-ask.ts";
import { findSuspects } from "./local.ts";
import { localSuspects } from "./local-checks.ts";
import { type Measurement, startMeasurement } from "./measurement.ts";
import { ALPN, open, visit } from "./visit.ts";
import type { WebOptions } from "./web-options.ts";

/** What the measurement of one messenger is told; the fields shared with a web measurement mean the same. */
export type ImOptions = Pick<
  WebOptions,
  | "round"
  | "systemResolvers"
  | "publicResolvers"
  | "doh"
  | "ca"
  | "deadlines"
  | "random"
  | "allowPrivate"
  | "lookup"
  | "host"
  | "isBlockPage"
> & {
  messenger: Messenger;
  /** Id of the target in the list, where there is one. */
  target?: string;
};

/** A web client's page is read until it is recognised, not whole. */
const PAGE_BYTES = 32 * 1024;
/** Connections at once: to data centres, and sites. */
const CENTRES_AT_ONCE = 8;
const SITES_AT_ONCE = 4;
/** Addresses of a site that are tried at most, see {@link fewAddresses}. */
const ADDRESSES_OF_A_SITE = 3;

type Endpoint = { ip: string; port: number };

/**
 * Measures one messenger: names by every resolver, one connection to each data centre and port, handshake with each
 * server of the apps, the page of the web client. Each step once, in random order; a failure discards nothing.
 * Certificates of the messenger's own authority count as trusted for this messenger; who issued them stands in `leaf`.
 * Ends by itself after `deadlines.totalMs`; whenever the signal aborts, the body returned holds what was seen until
 * then. Throws only for a certificate that cannot be read. Endpoints as in OONI's ts-018, ts-020 and ts-029.
 */
export async function measureIm(options: ImOptions, signal: AbortSignal): Promise<ImBody> {
  const { messenger, target, round } = options;
  const m = startMeasurement(asWebOptions(options), signal);
  try {
    const limit = pLimit(SITES_AT_ONCE);
    // Both kinds share the room for DNS steps: the centres' few questions first.
    const byName = await Promise.all(messenger.names.map(({ host }) => limit(askAboutCentre, m, host)));
    const bySite = await Promise.all(
      messenger.sites.map(({ url }) => limit(askAboutSite, m, hostOf(new URL(url)), messenger)),
    );
    const { own, others } = centresOf(m, messenger, byName);
    const reserve = messenger.sites.length * ADDRESSES_OF_A_SITE;
    await connectAll(m, own, m.room("tcp") - reserve);
    const sites = messenger.sites.map((site, index) => ({ site, dns: bySite[index] ?? [] }));
    await Promise.all(mixed(sites, m).map(({ site, dns }) => limit(measureSite, m, site, dns)));
    await connectAll(m, others, m.room("tcp"));
    const local = await suspects(m, messenger);
    return {
      service: messenger.service,
      ...(target !== undefined && { target }),
      round,
      durationMs: m.timer(),
      ...m.steps,
      ...(local.length > 0 && { local }),
    };
  } finally {
    m.close();
  }
}

function asWebOptions({ messenger, target = messenger.service, ...shared }: ImOptions): WebOptions {
  const url = messenger.sites[0]?.url ?? `https://${messenger.names[0]?.host ?? "localhost"}/`;
  const ca = [...(shared.ca ?? []), ...messenger.roots];
  return { ...shared, target, url, ca, addresses: [], controlSni: null, followups: false };
}

/**
 * The data centres to connect to, each address and port once: those known by address or by the host's own resolvers,
 * and those that only other resolvers gave.
 */
function centresOf(
  m: Measurement,
  { addresses, names }: Messenger,
  byName: readonly DnsStep[][],
): { own: Endpoint[]; others: Endpoint[] } {
  const own: Endpoint[] = addresses.flatMap(({ ip, ports }) => ports.map((port) => ({ ip, port })));
  const others: Endpoint[] = [];
  for (const [index, { ports }] of names.entries()) {
    const few = fewAddresses(byName[index] ?? [], [], m.isBogon);
    for (const port of ports) {
      if (few.own[0] !== undefined) own.push({ ip: few.own[0], port });
      if (few.other !== undefined) others.push({ ip: few.other, port });
    }
  }
  const dialled = (list: Endpoint[]) => list.filter(({ ip }) => !m.isBogon(ip));
  return { own: mixed(distinct(dialled(own)), m), others: mixed(distinct(dialled(others), own), m) };
}

/**
 * Few addresses say enough of a name: the first of each family that the host's own resolvers gave, and one that only
 * others know, which stays measurable when the host's resolver lies.
 */
function fewAddresses(
  steps: readonly DnsStep[],
  known: readonly string[],
  isBogon: Measurement["isBogon"],
): { own: string[]; other: string | undefined } {
  const isOwn = ({ resolver }: DnsStep) => resolver === "system" || resolver === "os";
  const all = addressesToDial(steps.filter(isOwn), [], isBogon);
  const own = [all.find(isIPv4), all.find((ip) => !isIPv4(ip))].filter((ip) => ip !== undefined);
  const other = addressesToDial(steps, known, isBogon).find((ip) => !all.includes(ip));
  return { own, other };
}

async function connectAll(m: Measurement, endpoints: readonly Endpoint[], most: number): Promise<void> {
  const limit = pLimit(CENTRES_AT_ONCE);
  const one = async (to: Endpoint) => {
    if (m.signal.aborted) return;
    const { socket } = await open(m, { ...to, timeoutMs: m.deadlines.tcpMs });
    socket?.destroy();
  };
  await Promise.all(endpoints.slice(0, Math.max(0, most)).map((endpoint) => limit(one, endpoint)));
}

async function measureSite(m: Measurement, site: Messenger["sites"][number], dns: readonly DnsStep[]): Promise<void> {
  const url = new URL(site.url);
  const { own, other } = fewAddresses(dns, site.addresses, m.isBogon);
  let wantsPage = site.page;
  for (const ip of [...own, ...(other === undefined ? [] : [other])]) {
    if (m.signal.aborted || m.room("tcp") === 0) return;
    if (wantsPage) {
      const { http, tls } = await visit(m, url, ip, { maxBodyBytes: PAGE_BYTES });
      wantsPage = http?.failure !== null || tls?.trusted === false;
    } else await shake(m, url, ip);
  }
}

/** Connection and handshake, and no request. */
async function shake(m: Measurement, url: URL, ip: string): Promise<void> {
  const { timer, trust, deadlines } = m;
  const { tcp, socket } = await open(m, { ip, port: portOf(url), timeoutMs: deadlines.tcpMs });
  if (socket === null) return;
  const name = hostOf(url);
  const secured = await handshake(
    { socket, sni: name, name, purpose: "target", timeoutMs: deadlines.tlsMs, timer, trust, alpn: ALPN },
    m.signal,
  );
  m.add("tls", { tcp: tcp.id, ...secured.step });
  if (secured.ok) secured.socket.destroy();
}

/** Suspects of the measurement, and entries of the hosts file for any of the messenger's names. */
async function suspects(m: Measurement, { names, sites }: Messenger): Promise<LocalSuspect[]> {
  const found = await localSuspects(m);
  const { steps, leftFrom, isBogon } = m;
  const facts = m.options.host ?? readHostFacts();
  const hosts = [...names.map(({ host }) => host), ...sites.map(({ url }) => hostOf(new URL(url)))];
  const ofHosts = hosts.flatMap((hostName) => findSuspects({ hostName, steps, facts, leftFrom, isBogon }));
  const all = [...found, ...ofHosts.filter(({ kind }) => kind === "hosts_file")];
  return [...new Map(all.map((one) => [one.says, one])).values()].slice(0, LIMITS.checks);
}

/** Each endpoint once, without those in `seen`. */
function distinct(endpoints: readonly Endpoint[], seen: readonly Endpoint[] = []): Endpoint[] {
  const key = ({ ip, port }: Endpoint) => `${ip} ${port}`;
  const known = new Set(seen.map(key));
  return endpoints.filter((endpoint) => !known.has(key(endpoint)) && known.add(key(endpoint)));
}

function mixed<T>(list: readonly T[], m: Measurement): T[] {
  const { random = Math.random } = m.options;
  return list
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
