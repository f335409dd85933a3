import { assertNever, CodedError } from "../../../protocol/coded-error.ts";
import type { Power } from "../fleet.ts";
import { allInForce, type InForce } from "../net/firewall.ts";
import type { Resolver } from "../processes/resolver.ts";
import type { Deed } from "../scenarios/scenario.ts";
import { CITIES, NETWORKS, SITES, WHITE_LISTED } from "../world/places.ts";
import { coreOf, edgeOf, probePlaces } from "../world/topology.ts";
import { cableOut, routerHangs, tunnelAbroad } from "./host-line.ts";
import { dropEverything, dropIncoming, forwardOnly, silenceName } from "./in-force.ts";
import { intercept } from "./interception.ts";
import { loginPage } from "./login-page.ts";
import { closedTo, flapping, policed, routersLose, routersTake } from "./router.ts";

/** What a white list leaves open. */
const OPEN = SITES.domestic.filter(({ name }) => name === WHITE_LISTED).map(({ address }) => address);

/** What acts work on: the built net, resolvers by node, and the probes' power. */
export type Stage = {
  namespace: (node: string) => string;
  deviceTo: (child: string) => string;
  resolvers: ReadonlyMap<string, Resolver>;
  folder: string;
  power: Power;
};

/** Starts a deed; it lasts until removed. Throws `bad_input` for a place that is not in the lab. */
export async function perform(deed: Deed, stage: Stage): Promise<InForce> {
  switch (deed.does) {
    case "sni-silence":
      return silenceName(stage.namespace(coreOf(networkOf(deed.network))), deed.target);
    case "dns-lie": {
      const resolver = stage.resolvers.get(coreOf(networkOf(deed.network)));
      if (resolver === undefined) throw new CodedError("bad_input", `No resolver runs for '${deed.network}'.`);
      await resolver.lie({ [deed.target]: deed.lie });
      return { remove: () => resolver.lie({}) };
    }
    case "city-cut":
      return dropEverything(edgesOfCity(deed.city).map(stage.namespace));
    case "gateway-cut":
      return dropEverything([stage.namespace("gateway")]);
    case "white-list":
      return allInForce(
        await Promise.all(NETWORKS.map((network) => forwardOnly(stage.namespace(coreOf(network)), OPEN))),
      );
    case "networks-cut":
      return dropEverything(deed.networks.map((slug) => stage.namespace(coreOf(networkOf(slug)))));
    case "power-cut": {
      const names = probePlaces()
        .filter(({ city }) => city.slug === deed.city)
        .map(({ name }) => name);
      await stage.power.off(names);
      return { remove: () => stage.power.on(names) };
    }
    case "collector-cut":
      return dropIncoming(stage.namespace("collector"), "eth0");
    case "total-cut":
      return dropEverything(CITIES.flatMap(({ slug }) => edgesOfCity(slug)).map(stage.namespace));
    case "dns-cut":
      return routersTake(allCores(stage), { allBut: ["meta l4proto { tcp, udp } th dport { 53, 853 }"] });
    case "ports-left":
      return routersTake(allCores(stage), { only: deed.matches });
    case "resolver-dead":
      return routersTake([stage.namespace(coreOf(networkOf(deed.network)))], {
        allBut: [`ip daddr ${networkOf(deed.network).resolver} meta l4proto { tcp, udp } th dport 53`],
      });
    case "gateway-dead": {
      const edge = edgeOf(networkOf(deed.network), cityOf(deed.city));
      const behind = probePlaces().filter(({ network, city }) => edgeOf(network, city) === edge);
      const router = stage.namespace(edge);
      const hang = behind.map(({ name }) => routerHangs({ router, device: stage.deviceTo(name) }));
      return allInForce(await Promise.all(hang));
    }
    case "cable-pulled":
      return cableOut({ router: stage.namespace(edgeOfProbe(deed.probe)), device: stage.deviceTo(deed.probe) });
    case "vpn":
      return tunnelAbroad(stage.namespace(deed.probe), stage.namespace("world"));
    case "jam":
      return routersLose(edgesOfCity(deed.city).map(stage.namespace), deed.ofHundred);
    case "throttle":
      return policed(stage.namespace(coreOf(networkOf(deed.network))), siteOf(deed.target).address, deed.kilobytesS);
    case "interception": {
      const sites = deed.targets.map(siteOf);
      return intercept({ ...stage, node: coreOf(networkOf(deed.network)), issuer: deed.issuer, sites });
    }
    case "origin-flaps":
      return flapping(stage.namespace("world"), siteOf(deed.target).address);
    case "origin-closed-abroad":
      return closedTo(stage.namespace("domestic"), siteOf(deed.target).address, ["198.51.100.0/24"]);
    case "captive-portal":
      return loginPage({ ...stage, node: edgeOf(networkOf(deed.network), cityOf(deed.city)) });
    default:
      return assertNever(deed);
  }
}

function networkOf(slug: string) {
  const network = NETWORKS.find((candidate) => candidate.slug === slug);
  if (network === undefined) throw new CodedError("bad_input", `There is no network '${slug}' in the lab.`);
  return network;
}

function allCores(stage: Stage): string[] {
  return NETWORKS.map((network) => stage.namespace(coreOf(network)));
}

function edgeOfProbe(name: string): string {
  const place = probePlaces().find((candidate) => candidate.name === name);
  if (place === undefined) throw new CodedError("bad_input", `There is no probe '${name}' in the lab.`);
  return edgeOf(place.network, place.city);
}

function siteOf(name: string): { name: string; address: string } {
  const site = [...SITES.abroad, ...SITES.domestic].find((candidate) => candidate.name === name);
  if (site === undefined) throw new CodedError("bad_input", `There is no site '${name}' in the lab.`);
  return site;
}

function cityOf(slug: string) {
  const city = CITIES.find((candidate) => candidate.slug === slug);
  if (city === undefined) throw new CodedError("bad_input", `There is no city '${slug}' in the lab.`);
  return city;
}

function edgesOfCity(slug: string): string[] {
  const wanted = cityOf(slug);
  const here = probePlaces().filter(({ city }) => city.slug === wanted.slug);
  return [...new Set(here.map(({ network, city }) => edgeOf(network, city)))];
}
