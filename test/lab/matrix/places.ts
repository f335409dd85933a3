import type { Anchor } from "../../../protocol/target.ts";
import { mirror } from "../net/mirror.ts";
import type { NodeSpec } from "../net/plan.ts";
import { AUTHORITY } from "../world/places.ts";
import { BLOCKS } from "../world/topology.ts";

/** What stands in one lane of the matrix: one subscriber, the provider's core, the gateway, the world. */

export const RESOLVER = "203.0.113.53";
export const PUBLIC_RESOLVER = "198.51.100.53";
export const DOH_ADDRESS = "198.51.100.54";
/** An address of the core router where nothing listens, and one where a filter may serve pages. */
export const NOWHERE = "203.0.113.200";
export const PAGE_ADDRESS = "203.0.113.210";
export const BOGON = "127.0.0.1";
export const DOMESTIC_RANGES = ["203.0.113.0/24"] as const;

type Site = {
  name: string;
  at: "world" | "domestic";
  addresses: readonly [string, ...string[]];
  /** Reached over IPv6 as well, at the mirrors of its addresses. */
  dual?: true;
  hostedIn?: "KZ";
  /** The certificate's validity is over. */
  expired?: true;
};

export const SITES = [
  { name: "orda.kz", at: "world", addresses: ["198.51.100.10"] },
  { name: "azattyq.org", at: "world", addresses: ["198.51.100.11", "198.51.100.16"] },
  { name: "wikipedia.org", at: "world", addresses: ["198.51.100.12"] },
  { name: "example.org", at: "world", addresses: ["198.51.100.13"] },
  { name: "old-certificate.org", at: "world", addresses: ["198.51.100.14"], expired: true },
  { name: "masa.media", at: "world", addresses: ["198.51.100.15"], dual: true },
  { name: "cloudflare.com", at: "world", addresses: ["198.51.100.20"] },
  { name: "google.com", at: "world", addresses: ["198.51.100.21"] },
  { name: "vlast.kz", at: "domestic", addresses: ["203.0.113.10"], hostedIn: "KZ" },
  { name: "egov.kz", at: "domestic", addresses: ["203.0.113.20"], hostedIn: "KZ" },
  { name: "kaspi.kz", at: "domestic", addresses: ["203.0.113.21"], hostedIn: "KZ" },
  { name: "kundelik.kz", at: "domestic", addresses: ["203.0.113.22"], hostedIn: "KZ" },
] as const satisfies readonly Site[];
export type SiteName = (typeof SITES)[number]["name"];

/** The innocent name. */
export const CONTROL_NAME = "example.org" satisfies SiteName;

const GROUPS: readonly (readonly [SiteName, Anchor["group"]])[] = [
  ["egov.kz", "domestic"],
  ["kaspi.kz", "domestic"],
  ["kundelik.kz", "whitelist"],
  ["cloudflare.com", "foreign"],
  ["google.com", "foreign"],
];

/** Anchors for looking at the line. */
export const ANCHORS: readonly Anchor[] = GROUPS.map(([name, group]) => ({
  id: name,
  group,
  host: name,
  port: 443,
  addresses: [...site(name).addresses],
  operator: name,
  source: "the lab",
}));

/** A site by its name. */
export function site(name: SiteName): Site {
  const found = SITES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`${name} is not in the lab`);
  return found;
}

/** Every address of a site, of both families. */
export function allAddresses(name: SiteName): string[] {
  const { addresses, dual = false } = site(name);
  return [...addresses, ...(dual ? addresses.map(mirror) : [])];
}

/** A site as acts aim at it: name and first address. */
export function aim(name: SiteName): { name: string; address: string } {
  return { name, address: site(name).addresses[0] };
}

const addressesAt = (place: Site["at"]) => SITES.filter(({ at }) => at === place).flatMap(({ addresses }) => addresses);

/** The lane's tree; see `net/plan.ts`. */
export const NODES: readonly NodeSpec[] = [
  {
    name: "world",
    parent: null,
    pool: "transit",
    addresses: [...addressesAt("world"), PUBLIC_RESOLVER, DOH_ADDRESS, AUTHORITY.abroad],
  },
  { name: "control", parent: "world", pool: "abroad" },
  { name: "gateway", parent: "world", pool: "transit" },
  {
    name: "domestic",
    parent: "gateway",
    pool: "transit",
    addresses: [...addressesAt("domestic"), AUTHORITY.domestic, AUTHORITY.lame],
  },
  { name: "core", parent: "gateway", pool: "transit", addresses: [RESOLVER, NOWHERE, PAGE_ADDRESS] },
  { name: "probe", parent: "core", pool: "subscriber" },
];
export { AUTHORITY, BLOCKS };
