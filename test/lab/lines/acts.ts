import { cableOut, routerHangs, tunnelAbroad } from "../acts/host-line.ts";
import { loginPage } from "../acts/login-page.ts";
import type { Power } from "../fleet.ts";
import type { Lab } from "../lab.ts";
import { addNftTable, type InForce } from "../net/firewall.ts";
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

/** The home router leads all web connections to a login page, and lets nothing else pass until somebody logs in. */
export const portal: LineAct = ({ lab, place }) => loginPage({ ...lab, node: place.home, closed: true });

/** The cable between host and home router is out: the carrier is gone. */
export const cablePulled: LineAct = ({ lab, place }) => cableOut(portOf(lab, place));

/** The home router hangs: the carrier is there, and it answers nothing, not even ARP. */
export const gatewayDead: LineAct = ({ lab, place }) => routerHangs(portOf(lab, place));

/** The host's power goes: all of the probe's processes are killed; at the end the host starts anew, with another boot id. */
export const powerCut: LineAct = async ({ place, power }) => {
  await power.off([place.probe]);
  return { remove: () => power.on([place.probe]) };
};

/** A VPN carries all traffic abroad. */
export const vpn: LineAct = ({ lab, place }) => tunnelAbroad(lab.namespace(place.probe), lab.namespace("world"));

function portOf(lab: Lab, { home, probe }: LinePlace) {
  return { router: lab.namespace(home), device: lab.deviceTo(probe) };
}
