import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LinkBody } from "../../../../protocol/records/link.ts";
import type { Anchor } from "../../../../protocol/target.ts";
import { buildNet, setResolver } from "../../../lab/net/build-net.ts";
import { addNftTable, type InForce } from "../../../lab/net/firewall.ts";
import { planNet } from "../../../lab/net/plan.ts";
import { runPrefix } from "../../../lab/net/run-prefix.ts";
import { runTool } from "../../../lab/net/run-tool.ts";
import { createUndoList } from "../../../lab/net/undo-list.ts";
import { startTalker } from "../../../lab/processes/talker.ts";
import { createAuthority, selfSigned } from "../../../world/authority.ts";
import type { ServersOrder } from "./servers.ts";
import type { WatcherSettings } from "./watcher.ts";

/** Compiled programs: they run as processes of their own. */
const PROGRAMS = fileURLToPath(new URL("../../../../dist/test/probe/link/net", import.meta.url));
const ABROAD = ["198.51.100.1", "198.51.100.2", "198.51.100.3"];
const HOME = ["203.0.113.1", "203.0.113.2", "203.0.113.3"];
export const WHITE = "203.0.113.10";
export const RESOLVER = "203.0.113.53";
export const COLLECTOR = "198.51.100.9";
export const PORTAL_PORT = 8502;

/**
 * A line of its own in namespaces: probe, home router (`gw`), provider (`core`, with the resolver and a login page that
 * nobody is led to yet), sites at home and abroad, a collector abroad. Everything is removed by `close`.
 */
export async function startSmallNet(more: Pick<WatcherSettings, "quietLooks"> = {}) {
  const undo = createUndoList();
  const folder = mkdtempSync(join(tmpdir(), runPrefix()));
  undo.add(folder, async () => rmSync(folder, { recursive: true, force: true }));
  const plan = planNet(
    [
      { name: "world", parent: null, pool: "links", addresses: [...ABROAD, COLLECTOR] },
      { name: "core", parent: "world", pool: "links", addresses: [RESOLVER] },
      { name: "home", parent: "core", pool: "links", addresses: [...HOME, WHITE] },
      { name: "gw", parent: "core", pool: "links" },
      { name: "probe", parent: "gw", pool: "hosts" },
    ],
    { links: "10.64.0.0/16", hosts: "192.0.2.0/24" },
  );
  const net = await buildNet(plan, `${runPrefix()}line-`, undo);
  await setResolver(net.namespace("probe"), RESOLVER, undo);
  const talker = (node: string, name: string, program: string) => {
    const start = { name, namespace: net.namespace(node), logFile: join(folder, `${name}.log`) };
    const talking = startTalker({ ...start, env: { PATH: process.env.PATH ?? "" } }, join(PROGRAMS, program));
    undo.add(name, talking.stop);
    return talking;
  };

  const authority = await createAuthority();
  const named = (group: Anchor["group"], addresses: readonly string[]) =>
    addresses.map((address, index) => ({ group, address, host: `${group}${index}.test` }));
  const sites = [...named("foreign", ABROAD), ...named("domestic", HOME), ...named("whitelist", [WHITE])];
  const zone = Object.fromEntries([...sites.map(({ host, address }) => [host, address]), ["c.test", COLLECTOR]]);
  const tlsAt = async (wanted: Anchor["group"]): Promise<ServersOrder["tls"][number][]> =>
    Promise.all(
      sites
        .filter(({ group }) => group === wanted)
        .map(async ({ host, address }) => ({
          address,
          port: 443,
          credentials: await authority.issue({ names: [host] }),
        })),
    );
  const serve = async (node: string, order: ServersOrder, name = `servers-${node}`) => {
    const servers = talker(node, name, "servers.js");
    await servers.ask(order);
    return servers;
  };
  await serve("world", { dns: ABROAD, zone, tls: await tlsAt("foreign") });
  await serve("home", { dns: [], zone, tls: [...(await tlsAt("domestic")), ...(await tlsAt("whitelist"))] });
  const login = { address: "0.0.0.0", port: PORTAL_PORT, credentials: await selfSigned({ names: ["login.test"] }) };
  await serve("core", { dns: [RESOLVER], zone, tls: [login] });
  const collector = { address: COLLECTOR, port: 443, credentials: await authority.issue({ names: ["c.test"] }) };
  const startCollector = () => serve("world", { dns: [], zone, tls: [collector] }, "collector");

  const anchors = sites.map(
    ({ group, host, address }): Anchor => ({
      id: host,
      group,
      host,
      port: 443,
      addresses: [address],
      operator: host,
      source: "test",
    }),
  );
  const watcher = talker("probe", "watcher", "watcher.js");
  const settings: WatcherSettings = {
    folder: join(folder, "probe"),
    anchors,
    ca: authority.ca,
    collector: "https://c.test",
    timeoutMs: 700,
    linkS: 1,
    settleMs: 150,
    ...more,
  };
  mkdirSync(settings.folder);
  return {
    startCollector,
    /** Starts the watch at the first call; all entries so far. */
    entries: async () => JSON.parse(await watcher.ask(settings)) as LinkBody[],
    /** Makes the quiet looks; how many found all as it should be. */
    quietLooks: async () => (JSON.parse(await watcher.ask(settings)) as { ok: number }).ok,
    /** Bytes and packets that have passed the probe's interface, both ways; bytes without Ethernet's 14 a packet. */
    traffic: async () => {
      const file = (name: string) => `/sys/class/net/eth0/statistics/${name}`;
      const names = ["rx_bytes", "tx_bytes", "rx_packets", "tx_packets"];
      const text = await runTool("ip", ["netns", "exec", net.namespace("probe"), "cat", ...names.map(file)]);
      const [rx = 0, tx = 0, rxPackets = 0, txPackets = 0] = text.trim().split("\n").map(Number);
      const packets = rxPackets + txPackets;
      return { wireBytes: rx + tx, ipBytes: rx + tx - 14 * packets, packets };
    },
    /** Runs `ip` in a node's namespace. */
    ip: (node: string, words: string) => runTool("ip", ["-n", net.namespace(node), ...words.split(" ")]),
    /** What a node's namespace prints for a command. */
    inside: (node: string, ...command: string[]) => runTool("ip", ["netns", "exec", net.namespace(node), ...command]),
    namespace: net.namespace,
    /** Rules that the provider applies to what it forwards, as nft writes them; `input` to what is meant for itself. */
    filter: (forward: string, input = ""): Promise<InForce> => {
      const chain = (hook: string, rules: string) =>
        `chain ${hook} {\ntype filter hook ${hook} priority 0;\n${rules}\n}`;
      return addNftTable(net.namespace("core"), "line_test", `${chain("forward", forward)}\n${chain("input", input)}`);
    },
    lead: (rules: string) =>
      addNftTable(
        net.namespace("core"),
        "line_portal",
        `chain lead {\ntype nat hook prerouting priority dstnat;\n${rules}\n}`,
      ),
    close: async () => {
      const problems = await undo.close();
      if (problems.length > 0) throw new Error(problems.join("; "));
    },
  };
}

export type SmallNet = Awaited<ReturnType<typeof startSmallNet>>;
