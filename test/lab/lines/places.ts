import type { Probe } from "../fleet.ts";
import type { LabPlan } from "../lab.ts";
import type { NodeSpec } from "../net/plan.ts";
import { AUTHORITY, DOH_ADDRESS, PUBLIC_RESOLVER, SITES } from "../world/places.ts";

/** One subscriber's line: a network of its own with resolver and core, a home router, a probe behind it. */
export type LinePlace = { core: string; home: string; probe: string; resolver: string };

/** Resolvers are numbered from here. */
const FIRST_RESOLVER = 101;

/** Places of as many lines as there are names. */
export function linePlaces(names: readonly string[]): LinePlace[] {
  return names.map((name, index) => ({
    core: `core-${name}`,
    home: `home-${name}`,
    probe: `probe-${name}`,
    resolver: `203.0.113.${FIRST_RESOLVER + index}`,
  }));
}

/**
 * A lab with one network a line, side by side: what is done to one touches no other. Abroad and at home stand the same
 * sites as in the whole lab.
 */
export function linesLab(places: readonly LinePlace[]): LabPlan {
  const transit = (name: string, parent: string | null, addresses: readonly string[] = []): NodeSpec => ({
    name,
    parent,
    pool: "transit",
    addresses,
  });
  const abroad = SITES.abroad.map(({ address }) => address);
  const inside = SITES.domestic.map(({ address }) => address);
  return {
    nodes: [
      transit("world", null, [...abroad, PUBLIC_RESOLVER, DOH_ADDRESS, AUTHORITY.abroad]),
      { name: "collector", parent: "world", pool: "abroad" },
      transit("gateway", "world"),
      transit("domestic", "gateway", [...inside, AUTHORITY.domestic, AUTHORITY.lame]),
      ...places.flatMap(({ core, home, probe, resolver }): NodeSpec[] => [
        transit(core, "gateway", [resolver]),
        transit(home, core),
        { name: probe, parent: home, pool: "subscriber" },
      ]),
    ],
    hosts: places.map(({ probe, resolver }) => ({ node: probe, resolver })),
    resolvers: places.map(({ core, resolver }) => ({ node: core, address: resolver })),
  };
}

/** The probes of these lines; the one whose name says so is on a mobile network. */
export function lineProbes(places: readonly LinePlace[]): Probe[] {
  return places.map(({ probe }) => {
    const access = probe.includes("mobile") ? "mobile" : "fixed";
    return { name: probe, invite: ["--region", "KZ-75", "--asn", "9198", "--access", access] };
  });
}
