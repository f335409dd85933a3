import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAuthority } from "./certificates/authority.ts";
import { buildNet, setResolver } from "./net/build-net.ts";
import { linkToThisMachine } from "./net/page-link.ts";
import { type NodeSpec, planNet } from "./net/plan.ts";
import type { UndoList } from "./net/undo-list.ts";
import { type Kuager, kuagerIn, labEnvironment } from "./processes/kuager.ts";
import { type Resolver, startResolver } from "./processes/resolver.ts";
import { type ServerProcess, startServers } from "./processes/server-process.ts";
import { CONTROLS, NETWORKS, PUBLIC_RESOLVER } from "./world/places.ts";
import { resolverPlan, serverConfigs } from "./world/server-configs.ts";
import { BLOCKS, coreOf, probePlaces, topology } from "./world/topology.ts";

/** A lab that stands: net, servers, and the means to run programs in it. */
export type Lab = {
  namespace: (node: string) => string;
  addressOf: (node: string) => string;
  /** The device by which a node's parent reaches it. */
  deviceTo: (child: string) => string;
  servers: ReadonlyMap<string, ServerProcess>;
  /** Each network's own resolver, by the node it runs on. */
  resolvers: ReadonlyMap<string, Resolver>;
  kuager: Kuager;
  /** Path of the lab's root certificate. */
  caFile: string;
  /** The collector's address as seen from this machine. */
  pageAddress: string;
  folder: string;
};

/** Where a lab is built: see {@link buildLab}. */
export type LabPlace = { prefix: string; folder: string; undo: UndoList };

/** What a lab is made of: its tree, whom each host asks for names, and where those resolvers run. */
export type LabPlan = {
  nodes: readonly NodeSpec[];
  hosts: readonly { node: string; resolver: string }[];
  resolvers: readonly { node: string; address: string }[];
};

/** Kazakhstan in a box, as the scenarios see it. */
export function wholeLab(): LabPlan {
  return {
    nodes: topology(),
    hosts: [
      ...probePlaces().map(({ name, network }) => ({ node: name, resolver: network.resolver })),
      ...CONTROLS.map(({ name }) => ({ node: name, resolver: PUBLIC_RESOLVER })),
    ],
    resolvers: NETWORKS.map((network) => ({ node: coreOf(network), address: network.resolver })),
  };
}

/**
 * Builds the world: namespaces, routes, resolvers, origins. `prefix` keeps runs apart, `folder` takes logs and data.
 * Everything is remembered in `undo`; the caller closes it whatever happens.
 */
export async function buildLab(
  { nodes, hosts, resolvers: wanted }: LabPlan,
  { prefix, folder, undo }: LabPlace,
): Promise<Lab> {
  const logs = join(folder, "logs");
  await mkdir(logs, { recursive: true });
  const plan = planNet(nodes, BLOCKS);
  const { namespace } = await buildNet(plan, prefix, undo);
  for (const { node, resolver } of hosts) await setResolver(namespace(node), resolver, undo);
  const pageAddress = await linkToThisMachine(namespace("collector"), `${prefix}page`, undo);
  const authority = await createAuthority("Kuager lab");
  const caFile = join(folder, "lab-ca.pem");
  await writeFile(caFile, authority.root);
  const servers = new Map<string, ServerProcess>();
  for (const [node, config] of await serverConfigs(authority)) {
    const place = { name: node, namespace: namespace(node), logFile: join(logs, `${node}.log`) };
    const server = await startServers({ ...place, env: labEnvironment(folder) }, config);
    undo.add(`servers of ${node}`, server.stop);
    servers.set(node, server);
  }
  const resolvers = new Map<string, Resolver>();
  for (const { node, address } of wanted) {
    const name = `resolver-${node}`;
    const start = { prefix, name, namespace: namespace(node), logFile: join(logs, `${name}.log`) };
    const resolver = await startResolver({ ...start, env: labEnvironment(folder) }, resolverPlan(address), undo);
    resolvers.set(node, resolver);
  }
  const kuager = kuagerIn(logs, folder);
  const deviceTo = (child: string) => plan.links.find((link) => link.child === child)?.parentDevice ?? "lo";
  return { namespace, addressOf: plan.addressOf, deviceTo, servers, resolvers, kuager, caFile, pageAddress, folder };
}
