import { loginPage } from "../acts/login-page.ts";
import type { Power } from "../fleet.ts";
import type { Lab } from "../lab.ts";
import { addNftTable, allInForce, type InForce } from "../net/firewall.ts";
import { runTool } from "../net/run-tool.ts";
import type { LinePlace } from "./places.ts";

/** What is done to one line, until removed. */
export type LineAct = (ground: { lab: Lab; place: LinePlace; power: Power }) => Promise<InForce>;

/** Of all that the subscriber sends, the network's core takes only what these nft matches name; null takes nothing. */
export function onlyPasses(matches: (place: LinePlace) => readonly string[]): LineAct {
  return ({ lab, place }) => atCore(lab, place, [...matches(place).map((match) => `${match} accept;`), "drop;"]);
}

/** The network's core takes nothing of what these nft matches name. */
export function vanishes(matches: (place: LinePlace, lab: Lab) => readonly string[]): LineAct {
  return ({ lab, place }) =>
    atCore(
      lab,
      place,
      matches(place, lab).map((match) => `${match} drop;`),
    );
}

function atCore(lab: Lab, place: LinePlace, rules: readonly string[]): Promise<InForce> {
  const others = `iifname != "${lab.deviceTo(place.home)}" accept;`;
  const chain = `chain c {\ntype filter hook prerouting priority -300;\n${[others, ...rules].join("\n")}\n}`;
  return addNftTable(lab.namespace(place.core), "line_act", chain);
}

/** The home router leads all web connections to a login page. */
export const portal: LineAct = ({ lab, place }) => loginPage({ ...lab, node: place.home });

/** The cable between host and home router is out: the carrier is gone. */
export const cablePulled: LineAct = async ({ lab, place }) => {
  const set = (to: "up" | "down") =>
    runTool("ip", ["-n", lab.namespace(place.home), "link", "set", lab.deviceTo(place.probe), to]);
  await set("down");
  return { remove: async () => void (await set("up")) };
};

/** The home router hangs: the carrier is there, and it answers nothing, not even ARP. */
export const gatewayDead: LineAct = async ({ lab, place }) => {
  const [home, device] = [lab.namespace(place.home), lab.deviceTo(place.probe)];
  const arp = (to: "on" | "off") => runTool("ip", ["-n", home, "link", "set", device, "arp", to]);
  const chain = `chain c { type filter hook prerouting priority -300; iifname "${device}" drop; }`;
  const deaf = await addNftTable(home, "line_act", chain, "inet");
  await arp("off");
  return allInForce([deaf, { remove: async () => void (await arp("on")) }]);
};

/** The host's power goes: all of the probe's processes are killed; at the end the host starts anew, with another boot id. */
export const powerCut: LineAct = async ({ place, power }) => {
  await power.off([place.probe]);
  return { remove: () => power.on([place.probe]) };
};

const TUNNEL = { inside: "10.99.0.2", outside: "10.99.0.1" } as const;

/**
 * A VPN: a tunnel from the host to a server abroad takes all traffic, by the two half routes that VPN programs lay over
 * the default one. The tunnel is a veth pair with a tunnel's name: the kernel of a test machine may have no other.
 */
export const vpn: LineAct = async ({ lab, place }) => {
  const [probe, world] = [lab.namespace(place.probe), lab.namespace("world")];
  await runTool("ip", ["link", "add", "tun0", "netns", probe, "type", "veth", "peer", "name", "vpn0", "netns", world]);
  await runTool("ip", ["-n", world, "-batch", "-"], `addr add ${TUNNEL.outside}/30 dev vpn0\nlink set vpn0 up\n`);
  const half = (range: string) => `route add ${range} via ${TUNNEL.outside}\n`;
  const up = `addr add ${TUNNEL.inside}/30 dev tun0\nlink set tun0 up\n`;
  await runTool("ip", ["-n", probe, "-batch", "-"], `${up}${half("0.0.0.0/1")}${half("128.0.0.0/1")}`);
  return { remove: async () => void (await runTool("ip", ["-n", probe, "link", "del", "tun0"])) };
};
