import { CodedError } from "../../../protocol/coded-error.ts";
import { linkPool } from "./address-pool.ts";

/** One host or router of the lab. `pool` names the address block its link to the parent is numbered from. */
export type NodeSpec = {
  name: string;
  parent: string | null;
  pool: string;
  /** Further addresses of the node itself (origins, resolvers), held on its loopback device. */
  addresses?: readonly string[];
};

export type PlannedLink = {
  child: string;
  parent: string;
  childAddress: string;
  parentAddress: string;
  childDevice: string;
  parentDevice: string;
};
export type PlannedRoute = { node: string; to: string; via: string };
export type NetPlan = {
  nodes: readonly NodeSpec[];
  links: readonly PlannedLink[];
  routes: readonly PlannedRoute[];
  /** The address a node is reached at: its link's for leaves and routers, its first own one where it has some. */
  addressOf: (node: string) => string;
};

/**
 * Numbers a tree of nodes and computes every route: a node's default goes to its parent, a parent knows each address
 * below it. Pure. Throws `bad_input` for an unknown parent, a repeated name or a pool without a block.
 */
export function planNet(nodes: readonly NodeSpec[], blocks: Readonly<Record<string, string>>): NetPlan {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  if (byName.size !== nodes.length) throw new CodedError("bad_input", "Two nodes of the lab have the same name.");
  const pools = new Map(Object.entries(blocks).map(([name, block]) => [name, linkPool(block)]));
  const links = nodes.flatMap((node, index) => {
    if (node.parent === null) return [];
    const pool = pools.get(node.pool);
    if (pool === undefined || !byName.has(node.parent))
      throw new CodedError("bad_input", `Node '${node.name}' names an unknown parent or address pool.`);
    const { parent, child } = pool();
    const devices = { childDevice: "eth0", parentDevice: `to${index}` };
    return [{ child: node.name, parent: node.parent, childAddress: child, parentAddress: parent, ...devices }];
  });
  return { nodes, links, routes: routesOf(byName, links), addressOf: addressBook(byName, links) };
}

function routesOf(byName: ReadonlyMap<string, NodeSpec>, links: readonly PlannedLink[]): PlannedRoute[] {
  const upOf = new Map(links.map((link) => [link.child, link]));
  const routes: PlannedRoute[] = links.map((link) => ({ node: link.child, to: "default", via: link.parentAddress }));
  for (const [name, node] of byName) {
    const own = upOf.get(name);
    const reached = [...(node.addresses ?? []), ...(own === undefined ? [] : [own.childAddress])];
    // Every ancestor learns these addresses; the direct parent already sees the link's own.
    for (let up = own; up !== undefined; up = upOf.get(up.parent))
      for (const address of reached)
        if (address !== up.childAddress) routes.push({ node: up.parent, to: `${address}/32`, via: up.childAddress });
  }
  return routes;
}

function addressBook(byName: ReadonlyMap<string, NodeSpec>, links: readonly PlannedLink[]) {
  const linkAddress = new Map(links.map((link) => [link.child, link.childAddress]));
  return (name: string): string => {
    const address = byName.get(name)?.addresses?.[0] ?? linkAddress.get(name);
    if (address === undefined) throw new CodedError("bad_input", `Node '${name}' has no address.`);
    return address;
  };
}
