import { type Authority, type Credentials, createAuthority } from "./authority.ts";
import { type DnsServer, startDns, type Zone } from "./dns-server.ts";
import { type DohServer, startDoh } from "./doh-server.ts";
import { type Gate, type GateOptions, startGate } from "./gate.ts";
import { type Answer, type Asked, type Origin, page, startOrigin } from "./origin.ts";
import { nextAddress, type Running } from "./places.ts";

/** A site to put into the world. */
export type SiteOrder = {
  name: string;
  /** How many addresses it has; 1 by default. */
  addresses?: number;
  /** Certificate to show; by default a good one of the world's authority for `name`. */
  credentials?: Credentials;
  answer?: (asked: Asked) => Answer;
  /** A censor in front of it. */
  censor?: Pick<GateOptions, "decide" | "reassembles">;
};

export type Site = {
  name: string;
  /** `https://name:port/`. */
  url: string;
  addresses: readonly string[];
  port: number;
  origins: readonly Origin[];
  /** The censors in front, one for each address; empty without one. */
  gates: readonly Gate[];
};

/**
 * A small internet on loopback: an authority, an ISP's and a public resolver, a DoH server, and sites. All sites listen
 * on the same port at addresses of their own, so that a name may be tried at another's address.
 */
export type World = {
  authority: Authority;
  /** The port of every site. */
  port: number;
  isp: DnsServer;
  publicDns: DnsServer;
  doh: DohServer;
  /** Adds an HTTPS site; all resolvers know its true addresses from then on. */
  addSite: (order: SiteOrder) => Promise<Site>;
  /** Runs any other server of this folder until the world ends. */
  keep: <R extends Running>(running: R) => R;
  close: () => Promise<void>;
};

/** Starts a world without sites. Lie about a name afterwards with `world.isp.zone[name] = …`. */
export async function startWorld(): Promise<World> {
  const running: Running[] = [];
  const keep = <R extends Running>(one: R): R => {
    running.push(one);
    return one;
  };
  const authority = await createAuthority();
  const dohAddress = nextAddress();
  const isp = keep(await startDns({ address: nextAddress() }, {}));
  const publicDns = keep(await startDns({ address: nextAddress() }, {}));
  const doh = keep(await startDoh({ address: dohAddress }, {}, await authority.issue({ names: [dohAddress] })));
  // Holds the sites' common port for the world's life.
  const holder = keep(await startOrigin({ address: nextAddress() }, () => ({})));
  const { port } = holder;

  const addSite = async (order: SiteOrder): Promise<Site> => {
    const site = await startSite(order, authority, port, keep);
    for (const zone of [isp.zone, publicDns.zone, doh.zone] satisfies Zone[]) zone[order.name] = { a: site.addresses };
    return site;
  };
  const close = async () => {
    await Promise.all(running.map((one) => one.close()));
  };
  return { authority, port, isp, publicDns, doh, addSite, keep, close };
}

async function startSite(
  order: SiteOrder,
  authority: Authority,
  port: number,
  keep: <R extends Running>(running: R) => R,
): Promise<Site> {
  const { name, answer = () => ({ body: page(name) }), censor } = order;
  const credentials = order.credentials ?? (await authority.issue({ names: [name] }));
  const addresses = Array.from({ length: order.addresses ?? 1 }, nextAddress);
  const origins: Origin[] = [];
  const gates: Gate[] = [];
  for (const address of addresses) {
    if (censor === undefined) {
      origins.push(keep(await startOrigin({ address, port }, answer, credentials)));
      continue;
    }
    const origin = keep(await startOrigin({ address }, answer, credentials));
    origins.push(origin);
    gates.push(keep(await startGate({ address, port }, { upstream: origin, ...censor })));
  }
  return { name, url: `https://${name}:${port}/`, addresses, port, origins, gates };
}
