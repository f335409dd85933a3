import type { Act, Deed, Scenario } from "./scenario.ts";

/** Seconds from the start of the script; a probe is held to be silent after nine. */
const [FROM_S, TO_S] = [15, 60];
const SETTLE_S = 60;

/** One act and nothing else. */
export function single(name: string, title: string, deed: Deed, [fromS, toS] = [FROM_S, TO_S]): Scenario {
  const act: Act = { id: name, title, fromS, toS, deed };
  return { name, title, acts: [act], event: null, settleS: SETTLE_S };
}

/** January 2022 from outside: everything abroad is gone, sites inside stay open. */
export const domesticOnly = single("domestic-only", "the gateway abroad is cut", { does: "gateway-cut" });

/** Only one domestic name stays open on every network. */
export const whiteList = single("white-list", "only a white list stays open", { does: "white-list" });

/** Mobile networks are cut while fixed ones in the same cities stay. */
export const mobileOnly = single("mobile-only", "both mobile networks are cut, the fixed one stays", {
  does: "networks-cut",
  networks: ["kcell", "beeline"],
});

/** A look-alike of a cut: the hosts themselves lose their power. */
export const powerCut = single("power-cut", "the probes in Astana lose their power", {
  does: "power-cut",
  city: "astana",
});

/** A look-alike of a cut: it is the collector that nobody reaches. */
export const collectorCut = single("collector-cut", "nothing reaches the collector", { does: "collector-cut" });

/** Behind a login page nothing can be said of any site. */
export const captivePortal = single("captive-portal", "Kcell's router in Almaty shows a login page for everything", {
  does: "captive-portal",
  network: "kcell",
  city: "almaty",
});

/** Nothing of any subscriber passes. */
export const totalCut = single("total-cut", "every network is cut in both cities", { does: "total-cut" });

/** Names stop working, addresses do not. */
export const dnsOnly = single("dns-only", "no resolver answers any subscriber, all else works", { does: "dns-cut" });

/** January 2022 from inside: everything vanishes, a port or two are forgotten. */
export const onePort = single("one-port", "everything vanishes but TCP 179 and 3785", {
  does: "ports-left",
  matches: ["tcp dport { 179, 3785 }"],
});

/** One city of every network. */
export const cityCut = single("city-cut", "Astana is cut off", { does: "city-cut", city: "astana" });

/** Every other packet of a city is lost each way: something still gets through, now and then. */
export const jam = single("jam", "every other packet is lost in Astana", {
  does: "jam",
  city: "astana",
  ofHundred: 50,
});
