import type { Authority, Credential } from "../certificates/authority.ts";
import type { ResolverPlan } from "../resolver/unbound-config.ts";
import type { ServerConfig, Zone } from "../servers/config.ts";
import { AUTHORITY, DOH_ADDRESS, PUBLIC_RESOLVER, SITES } from "./places.ts";

/** Addresses of the anchors abroad. */
const ANCHORS_ABROAD = SITES.abroad.filter(({ title }) => title.startsWith("Anchor")).map(({ address }) => address);

type Site = (typeof SITES)["abroad" | "domestic"][number];

/** What the server process of each node does, by node name; certificates are issued here. */
export async function serverConfigs(authority: Authority): Promise<Map<string, ServerConfig>> {
  const zone = zoneOf([...SITES.abroad, ...SITES.domestic]);
  const abroad: ServerConfig = {
    zone,
    // Anchors abroad are public resolvers, as the real ones are.
    dns: [PUBLIC_RESOLVER, AUTHORITY.abroad, ...ANCHORS_ABROAD],
    lame: [],
    doh: [DOH_ADDRESS],
    sites: sitesOf(SITES.abroad),
    credentials: { ...(await issueFor(authority, SITES.abroad)), [DOH_ADDRESS]: await authority.issue([DOH_ADDRESS]) },
  };
  const domestic: ServerConfig = {
    zone,
    dns: [AUTHORITY.domestic],
    lame: [AUTHORITY.lame],
    doh: [],
    sites: sitesOf(SITES.domestic),
    credentials: await issueFor(authority, SITES.domestic),
  };
  return new Map([
    ["world", abroad],
    ["domestic", domestic],
  ]);
}

/** How a network's own resolver at this address is set up. */
export function resolverPlan(address: string): ResolverPlan & { lame: string } {
  const upstreams = [
    { zone: ".", address: AUTHORITY.abroad },
    { zone: "kz.", address: AUTHORITY.domestic },
  ];
  return { addresses: [address], upstreams, lame: AUTHORITY.lame };
}

/** Every name in the lab, each with its `www.` form. */
export function zoneOf(sites: readonly Site[]): Zone {
  return Object.fromEntries(
    sites.flatMap(({ name, address }) => [
      [name, [address]],
      [`www.${name}`, [address]],
    ]),
  );
}

function sitesOf(sites: readonly Site[]): ServerConfig["sites"] {
  return sites.map(({ name, title, address }) => ({ name, title, addresses: [address] }));
}

async function issueFor(authority: Authority, sites: readonly Site[]): Promise<Record<string, Credential>> {
  const issued: [string, Credential][] = [];
  for (const { name } of sites) issued.push([name, await authority.issue([name, `www.${name}`])]);
  return Object.fromEntries(issued);
}
