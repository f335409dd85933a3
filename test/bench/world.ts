import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Anchor, Target } from "../../protocol/target.ts";
import { type Authority, createAuthority } from "../lab/certificates/authority.ts";
import { buildNet, setResolver } from "../lab/net/build-net.ts";
import { type NetPlan, type NodeSpec, planNet } from "../lab/net/plan.ts";
import type { UndoList } from "../lab/net/undo-list.ts";
import { type Kuager, kuagerIn, labEnvironment } from "../lab/processes/kuager.ts";
import { type ServerProcess, startServers } from "../lab/processes/server-process.ts";
import { BLOCKS } from "../lab/world/topology.ts";
import { htmlOf } from "./html.ts";

/** One measuring host, its provider, and a world of sites: what the benchmarks measure in. */
export type World = {
  namespace: (node: NodeName) => string;
  plan: NetPlan;
  addressOf: (node: NodeName) => string;
  /** Sites, public resolver and DoH server; and the provider's resolver. */
  sites: ServerProcess;
  resolver: ServerProcess;
  authority: Authority;
  caFile: string;
  kuager: Kuager;
  folder: string;
  logs: string;
};
export type NodeName = "world" | "collector" | "core" | "probe";

export const RESOLVER = "203.0.113.253";
export const PUBLIC_RESOLVERS = ["198.51.100.53", "198.51.100.55"] as const;
export const DOH = ["198.51.100.54", "198.51.100.56"] as const;
export const COLLECTOR_PORT = 8080;
/** The innocent name of follow-ups; stands on an address of its own. */
export const CONTROL_NAME = "control.example";
const CONTROL_ADDRESS = "203.0.113.250";
/** Names that make a server's certificate as heavy as a public one with those of its issuers: some 3.5 KB. */
const FURTHER_NAMES = Array.from({ length: 60 }, (_, index) => `name-${index + 10}.of-the-same-server.filler.example`);
const ANCHOR_NAMES = ["anchor-kz-1.example", "anchor-kz-2.example", "anchor-1.example", "anchor-2.example"] as const;

/** Name and address of the n-th site. */
export function site(index: number): { name: string; address: string } {
  return { name: `site-${String(index + 1).padStart(2, "0")}.example`, address: `203.0.113.${index + 1}` };
}

/** `gzip`: pages come packed to those who take that. */
type WorldOptions = { count: number; pageBytes: number; gzip?: boolean; prefix: string; folder: string };

/**
 * Builds the world with `count` sites (100 at most), every page of `pageBytes`. Everything made is remembered in
 * `undo`; the caller closes it whatever happens.
 */
export async function buildWorld(
  { count, pageBytes, gzip = false, prefix, folder }: WorldOptions,
  undo: UndoList,
): Promise<World> {
  const logs = join(folder, "logs");
  await mkdir(logs, { recursive: true });
  const places = allPlaces(count);
  const plan = planNet(nodes(places), BLOCKS);
  const { namespace } = await buildNet(plan, prefix, undo);
  await setResolver(namespace("probe"), RESOLVER, undo);
  const authority = await createAuthority("Kuager bench");
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, authority.root);
  const zone = Object.fromEntries(places.map(({ name, address }) => [name, [address]]));
  const credentials: Record<string, { certificate: string; key: string }> = {};
  for (const { name } of places) credentials[name] = await authority.issue([name, ...FURTHER_NAMES]);
  for (const address of DOH) credentials[address] = await authority.issue([address]);
  const start = async (node: "world" | "core", config: Parameters<typeof startServers>[1]) => {
    const place = { name: node, namespace: namespace(node), logFile: join(logs, `${node}.log`) };
    const server = await startServers({ ...place, env: labEnvironment(folder) }, config);
    undo.add(`servers of ${node}`, server.stop);
    return server;
  };
  const served = places.map(({ name, address }) => ({ name, title: name, addresses: [address] }));
  const sites = await start("world", {
    zone,
    lame: [],
    dns: [...PUBLIC_RESOLVERS],
    doh: [...DOH],
    sites: served,
    credentials,
  });
  const resolver = await start("core", { zone, lame: [], dns: [RESOLVER], doh: [], sites: [], credentials: {} });
  const body = htmlOf(pageBytes);
  const answer = { to: "everybody", status: 200, title: "A page", body, headers: {}, gzip } as const;
  await sites.answerWith(Object.fromEntries(places.map(({ name }) => [name, answer])));
  const kuager = kuagerIn(logs, folder);
  return { namespace, plan, addressOf: plan.addressOf, sites, resolver, authority, caFile, kuager, folder, logs };
}

/** Writes the list of all sites and the anchors for `collector serve --targets`. */
export async function writeLists(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const targets = Array.from({ length: count }, (_, index): Target => {
    const { name } = site(index);
    const names = { kk: name, ru: name, en: name };
    const said = { why: "A site of the benchmark.", source: "the benchmark's own list" };
    return {
      id: name,
      url: `https://${name}/`,
      category: "other",
      names,
      ...said,
      hostedIn: null,
      risk: 1,
      kind: "web",
    };
  });
  const anchors = anchorPlaces(count).map(({ name, address }, index): Anchor => {
    const group = index < 2 ? "domestic" : "foreign";
    const said = { operator: name, source: "the benchmark's own list" };
    return { id: name, group, host: name, port: 443, addresses: [address], ...said };
  });
  const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  await writeFile(join(folder, "targets.ndjson"), lines(targets));
  await writeFile(join(folder, "anchors.ndjson"), lines(anchors));
}

function anchorPlaces(count: number): { name: string; address: string }[] {
  return ANCHOR_NAMES.map((name, index) => ({ name, address: `203.0.113.${count + index + 1}` }));
}

function allPlaces(count: number): { name: string; address: string }[] {
  const control = { name: CONTROL_NAME, address: CONTROL_ADDRESS };
  return [...Array.from({ length: count }, (_, index) => site(index)), ...anchorPlaces(count), control];
}

function nodes(places: readonly { address: string }[]): NodeSpec[] {
  const own = [...places.map(({ address }) => address), ...PUBLIC_RESOLVERS, ...DOH];
  return [
    { name: "world", parent: null, pool: "transit", addresses: own },
    { name: "collector", parent: "world", pool: "abroad" },
    { name: "core", parent: "world", pool: "transit", addresses: [RESOLVER] },
    { name: "probe", parent: "core", pool: "subscriber" },
  ];
}
