import type { NodeSpec } from "../net/plan.ts";
import {
  AUTHORITY,
  CELLS,
  CITIES,
  type City,
  CONTROLS,
  DOH_ADDRESS,
  NETWORKS,
  type NetworkPlace,
  NOWHERE,
  PUBLIC_RESOLVER,
  SITES,
} from "./places.ts";

/** Blocks that links are numbered from: documentation ranges for hosts, private ones between routers. */
export const BLOCKS = { transit: "10.64.0.0/16", subscriber: "192.0.2.0/24", abroad: "198.51.100.128/25" } as const;

/** A witness probe's place. */
export type ProbePlace = { name: string; network: NetworkPlace; city: City };

/** Name of the router where a network meets the backbone: its filters stand here. */
export function coreOf(network: NetworkPlace): string {
  return `core-${network.slug}`;
}

/** Name of the router of a network in a city. */
export function edgeOf(network: NetworkPlace, city: City): string {
  return `edge-${network.slug}-${city.slug}`;
}

/** Every witness probe, in order of {@link CELLS}. */
export function probePlaces(): ProbePlace[] {
  return CELLS.flatMap((cell) => {
    const network = NETWORKS.find(({ slug }) => slug === cell.network);
    const city = CITIES.find(({ slug }) => slug === cell.city);
    if (network === undefined || city === undefined) return [];
    const names = Array.from({ length: cell.probes }, (_, index) => `probe-${cell.network}-${cell.city}-${index + 1}`);
    return names.map((name) => ({ name, network, city }));
  });
}

/**
 * The lab's tree. `world` is everything abroad; one gateway leads from there to the Kazakh backbone, which carries the
 * domestic sites and each network's core; cores lead to the networks' routers in each city, those to the probes.
 */
export function topology(): NodeSpec[] {
  const transit = (name: string, parent: string | null, addresses: readonly string[] = []): NodeSpec => ({
    name,
    parent,
    pool: "transit",
    addresses,
  });
  const places = probePlaces();
  const edges = new Map(places.map(({ network, city }) => [edgeOf(network, city), coreOf(network)]));
  return [
    transit("world", null, [
      ...SITES.abroad.map(({ address }) => address),
      PUBLIC_RESOLVER,
      DOH_ADDRESS,
      AUTHORITY.abroad,
    ]),
    { name: "collector", parent: "world", pool: "abroad" },
    ...CONTROLS.map(({ name }) => ({ name, parent: "world", pool: "abroad" })),
    transit("gateway", "world"),
    transit("backbone", "gateway"),
    transit("domestic", "backbone", [
      ...SITES.domestic.map(({ address }) => address),
      AUTHORITY.domestic,
      AUTHORITY.lame,
    ]),
    // The address a lying resolver gives exists and refuses, as a server without a web site does.
    ...NETWORKS.map((network, index) =>
      transit(coreOf(network), "backbone", [network.resolver, ...(index === 0 ? [NOWHERE] : [])]),
    ),
    ...[...edges].map(([edge, core]) => transit(edge, core)),
    ...places.map(({ name, network, city }) => ({ name, parent: edgeOf(network, city), pool: "subscriber" })),
  ];
}
