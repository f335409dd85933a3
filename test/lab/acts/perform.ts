import { assertNever, CodedError } from "../../../protocol/coded-error.ts";
import type { InForce } from "../net/firewall.ts";
import type { ServerProcess } from "../processes/server-process.ts";
import type { Deed } from "../scenarios/scenario.ts";
import { CITIES, NETWORKS } from "../world/places.ts";
import { coreOf, edgeOf, probePlaces } from "../world/topology.ts";
import { dropEverything, silenceName } from "./in-force.ts";

/** What acts work on: the built net and its server processes by node. */
export type Stage = { namespace: (node: string) => string; servers: ReadonlyMap<string, ServerProcess> };

/** Starts a deed; it lasts until removed. Throws `bad_input` for a place that is not in the lab. */
export async function perform(deed: Deed, stage: Stage): Promise<InForce> {
  switch (deed.does) {
    case "sni-silence":
      return silenceName(stage.namespace(coreOf(networkOf(deed.network))), deed.target);
    case "dns-lie": {
      const resolver = stage.servers.get(coreOf(networkOf(deed.network)));
      if (resolver === undefined) throw new CodedError("bad_input", `No resolver runs for '${deed.network}'.`);
      await resolver.lie({ [deed.target]: deed.lie });
      return { remove: () => resolver.lie({}) };
    }
    case "city-cut":
      return dropEverything(edgesOfCity(deed.city).map(stage.namespace));
    default:
      return assertNever(deed);
  }
}

function networkOf(slug: string) {
  const network = NETWORKS.find((candidate) => candidate.slug === slug);
  if (network === undefined) throw new CodedError("bad_input", `There is no network '${slug}' in the lab.`);
  return network;
}

function edgesOfCity(slug: string): string[] {
  if (!CITIES.some((city) => city.slug === slug))
    throw new CodedError("bad_input", `There is no city '${slug}' in the lab.`);
  const here = probePlaces().filter(({ city }) => city.slug === slug);
  return [...new Set(here.map(({ network, city }) => edgeOf(network, city)))];
}
