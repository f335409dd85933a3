import { assertNever } from "../../../protocol/coded-error.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { Act } from "../scenarios/scenario.ts";
import { CITIES, NETWORKS } from "../world/places.ts";
import { type Cell, cellsOf } from "../world/scope.ts";

/** What an act should be found as. */
export type Expected = {
  kind: Incident["kind"];
  method: string | null;
  extent: Incident["extent"];
  targets: readonly string[];
  cells: readonly Cell[];
};

/** An act that was done, with its true times (milliseconds since 1970). */
export type Done = { act: Act; expected: Expected; startMs: number; endMs: number };

/** How the collector should name what an act did; null for what must raise no incident at all. */
export function expectedOf({ deed }: Act): Expected | null {
  switch (deed.does) {
    case "sni-silence":
      return block("tls_drop", deed.target, deed.network);
    case "dns-lie":
      return block("dns_tamper", deed.target, deed.network);
    case "city-cut":
      return loss("shutdown", "total", [], regionsOf(deed.city));
    case "gateway-cut":
      return loss("shutdown", "domestic-only", [], []);
    case "white-list":
      return loss("shutdown", "whitelist", [], []);
    case "networks-cut":
      return loss("shutdown", "mobile-only", asnsOf(deed.networks), []);
    case "power-cut":
      return loss("outage", null, [], regionsOf(deed.city));
    case "total-cut":
      return loss("shutdown", "total", [], []);
    case "dns-cut":
      return loss("shutdown", "dns-only", [], []);
    case "ports-left":
      return loss("shutdown", "partial-port", [], []);
    // Whoever uses that network is without names: an outage of it, and no ordered cut.
    case "resolver-dead":
      return loss("outage", "dns-only", asnsOf([deed.network]), []);
    case "gateway-dead":
      return loss("outage", null, asnsOf([deed.network]), regionsOf(deed.city));
    case "jam":
      return loss("shutdown", "degraded", [], regionsOf(deed.city));
    case "interception":
      return { ...block("tls_mitm", "", deed.network), kind: "interception", targets: deed.targets };
    // Our own outage is no incident, and nothing is claimed from behind a login page.
    case "collector-cut":
    case "captive-portal":
    // One host's own line and a site's own troubles accuse nobody.
    case "cable-pulled":
    case "vpn":
    case "origin-flaps":
    case "origin-closed-abroad":
    // Speed is judged from pairs over hours; within minutes nothing may be claimed, least of all a block.
    case "throttle":
      return null;
    default:
      return assertNever(deed);
  }
}

function block(method: string, target: string, network: string): Expected {
  return { kind: "block", method, extent: null, targets: [target], cells: cellsOf(asnsOf([network]), []) };
}

function loss(
  kind: Incident["kind"],
  extent: Incident["extent"],
  asns: readonly number[],
  regions: readonly string[],
): Expected {
  return { kind, method: null, extent, targets: [], cells: cellsOf(asns, regions) };
}

function asnsOf(networks: readonly string[]): number[] {
  return NETWORKS.filter(({ slug }) => networks.includes(slug)).map(({ asn }) => asn);
}

function regionsOf(city: string): string[] {
  return CITIES.filter(({ slug }) => slug === city).map(({ region }) => region);
}
