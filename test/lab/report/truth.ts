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

/** How the collector should name what an act did. */
export function expectedOf({ deed }: Act): Expected {
  switch (deed.does) {
    case "sni-silence":
      return block("tls_drop", deed.target, deed.network);
    case "dns-lie":
      return block("dns_tamper", deed.target, deed.network);
    case "city-cut": {
      const regions = CITIES.filter(({ slug }) => slug === deed.city).map(({ region }) => region);
      return { kind: "shutdown", method: null, extent: "total", targets: [], cells: cellsOf([], regions) };
    }
    default:
      return assertNever(deed);
  }
}

function block(method: string, target: string, network: string): Expected {
  const asns = NETWORKS.filter(({ slug }) => slug === network).map(({ asn }) => asn);
  return { kind: "block", method, extent: null, targets: [target], cells: cellsOf(asns, []) };
}
