import { addNftTable, allInForce, type InForce } from "../net/firewall.ts";
import { runTool } from "../net/run-tool.ts";

/** A router and its device towards one host. */
export type Port = { router: string; device: string };

/** The cable between a host and its router is out: the carrier is gone. */
export async function cableOut({ router, device }: Port): Promise<InForce> {
  const set = (to: "up" | "down") => runTool("ip", ["-n", router, "link", "set", device, to]);
  await set("down");
  return { remove: async () => void (await set("up")) };
}

/** A router hangs: the carrier is there, and it answers a host nothing, not even ARP. */
export async function routerHangs({ router, device }: Port): Promise<InForce> {
  const arp = (to: "on" | "off") => runTool("ip", ["-n", router, "link", "set", device, "arp", to]);
  const chain = `chain c { type filter hook prerouting priority -300; iifname "${device}" drop; }`;
  const deaf = await addNftTable(router, `deaf_${device}`, chain, "inet");
  await arp("off");
  return allInForce([deaf, { remove: async () => void (await arp("on")) }]);
}

const TUNNEL = { inside: "10.99.0.2", outside: "10.99.0.1" } as const;

/**
 * A VPN: a tunnel from the host to a server abroad takes all traffic, by the two half routes that VPN programs lay over
 * the default one. The tunnel is a veth pair with a tunnel's name: the kernel of a test machine may have no other.
 */
export async function tunnelAbroad(host: string, world: string): Promise<InForce> {
  await runTool("ip", ["link", "add", "tun0", "netns", host, "type", "veth", "peer", "name", "vpn0", "netns", world]);
  await runTool("ip", ["-n", world, "-batch", "-"], `addr add ${TUNNEL.outside}/30 dev vpn0\nlink set vpn0 up\n`);
  const half = (range: string) => `route add ${range} via ${TUNNEL.outside}\n`;
  const up = `addr add ${TUNNEL.inside}/30 dev tun0\nlink set tun0 up\n`;
  await runTool("ip", ["-n", host, "-batch", "-"], `${up}${half("0.0.0.0/1")}${half("128.0.0.0/1")}`);
  return { remove: async () => void (await runTool("ip", ["-n", host, "link", "del", "tun0"])) };
}
