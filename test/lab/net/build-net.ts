import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LINK_PREFIX } from "./address-pool.ts";
import { mirror } from "./mirror.ts";
import type { NetPlan } from "./plan.ts";
import { runTool } from "./run-tool.ts";
import type { UndoList } from "./undo-list.ts";

const NETNS_CONFIG = "/etc/netns";

/** A built net: which namespace a node is. */
export type Net = { readonly prefix: string; namespace: (node: string) => string };

/**
 * Makes a namespace per node and a veth pair per link, numbers them, sets routes and forwarding. Everything made is
 * remembered in `undo`. `prefix` keeps several runs apart. Throws `failed` with the tool's words.
 */
export async function buildNet(plan: NetPlan, prefix: string, undo: UndoList): Promise<Net> {
  const namespace = (node: string) => `${prefix}${node}`;
  for (const { name } of plan.nodes) {
    undo.add(`namespace ${namespace(name)}`, () => runTool("ip", ["netns", "del", namespace(name)]));
    await runTool("ip", ["netns", "add", namespace(name)]);
  }
  const pairs = plan.links.map((link) => {
    const parent = `peer name ${link.parentDevice} netns ${namespace(link.parent)}`;
    return `link add ${link.childDevice} netns ${namespace(link.child)} type veth ${parent}`;
  });
  await ipBatch([], pairs);
  for (const { name } of plan.nodes) await ipBatch(["-n", namespace(name)], nodeCommands(plan, name));
  const routers = new Set(plan.links.map((link) => link.parent));
  for (const router of routers) await setForwarding(namespace(router));
  return { prefix, namespace };
}

/** The `ip -batch` lines that bring one node up: devices first, then addresses, then routes. */
export function nodeCommands(plan: NetPlan, node: string): string[] {
  const ends = plan.links.flatMap((link) => {
    const mine: { device: string; address: string }[] = [];
    if (link.child === node) mine.push({ device: link.childDevice, address: link.childAddress });
    if (link.parent === node) mine.push({ device: link.parentDevice, address: link.parentAddress });
    return mine;
  });
  const own = plan.nodes.find(({ name }) => name === node)?.addresses ?? [];
  return [
    "link set lo up",
    ...own.flatMap((address) => [`addr add ${address}/32 dev lo`, `addr add ${mirror(address)}/128 dev lo nodad`]),
    ...ends.flatMap(({ device, address }) => [
      `addr add ${address}/${LINK_PREFIX} dev ${device}`,
      `addr add ${mirror(address)}/${LINK_PREFIX + 96} dev ${device} nodad`,
    ]),
    ...ends.map(({ device }) => `link set ${device} up`),
    ...plan.routes.filter((route) => route.node === node).flatMap(routeCommands),
  ];
}

function routeCommands({ to, via }: NetPlan["routes"][number]): string[] {
  const toV6 = to === "default" ? to : `${mirror(to.split("/")[0] ?? "")}/128`;
  return [`route add ${to} via ${via}`, `route add ${toV6} via ${mirror(via)}`];
}

async function ipBatch(flags: readonly string[], commands: readonly string[]): Promise<void> {
  await runTool("ip", [...flags, "-batch", "-"], `${commands.join("\n")}\n`);
}

/** A router forwards, and keeps its IPv6 addresses while a link of it is down, as it keeps those of IPv4. */
async function setForwarding(namespace: string): Promise<void> {
  const v6 = "/proc/sys/net/ipv6/conf/all";
  const files = ["/proc/sys/net/ipv4/ip_forward", `${v6}/forwarding`, `${v6}/keep_addr_on_down`];
  await runTool("ip", ["netns", "exec", namespace, "tee", ...files], "1\n");
}

/**
 * Gives a namespace its own `/etc/resolv.conf` (through `/etc/netns`, see ip-netns(8)), so that the system resolver
 * of programs in it is the one given.
 */
export async function setResolver(namespace: string, resolver: string, undo: UndoList): Promise<void> {
  const folder = join(NETNS_CONFIG, namespace);
  // The parent folder goes only if it is empty: another run or the machine's owner may use it.
  undo.add(NETNS_CONFIG, () => rmdir(NETNS_CONFIG).catch(() => {}));
  undo.add(folder, () => rm(folder, { recursive: true, force: true }));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "resolv.conf"), `# kuager lab\nnameserver ${resolver}\noptions timeout:2 attempts:1\n`);
}
