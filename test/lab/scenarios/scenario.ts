import type { Lie } from "../resolver/lies.ts";
import type { CITIES, NETWORKS } from "../world/places.ts";

type NetworkSlug = (typeof NETWORKS)[number]["slug"];
type CitySlug = (typeof CITIES)[number]["slug"];

/** What is done to whom. */
export type Deed =
  /** A network's core drops both directions of every TLS connection whose ClientHello names the target. */
  | { does: "sni-silence"; network: NetworkSlug; target: string }
  /** A network's resolver lies about the target. */
  | { does: "dns-lie"; network: NetworkSlug; target: string; lie: Lie }
  /** Every router of a city drops all that it should forward. */
  | { does: "city-cut"; city: CitySlug }
  /** The gateway abroad drops everything: what is hosted inside the country stays open. */
  | { does: "gateway-cut" }
  /** Every network forwards to and from one domestic site only. */
  | { does: "white-list" }
  /** These networks drop all that they should forward. */
  | { does: "networks-cut"; networks: readonly NetworkSlug[] }
  /** The probes of a city lose their power: processes killed, hosts started anew at the end with another boot id. */
  | { does: "power-cut"; city: CitySlug }
  /** Nothing reaches the collector. */
  | { does: "collector-cut" }
  /** Nothing of any subscriber passes any network's router. */
  | { does: "total-cut" }
  /** No resolver, the networks' own or others, answers any subscriber; all else works. */
  | { does: "dns-cut" }
  /** Every network takes nothing from its subscribers but these nft matches. */
  | { does: "ports-left"; matches: readonly string[] }
  /** A network's own resolver answers nothing. */
  | { does: "resolver-dead"; network: NetworkSlug }
  /** A network's router in a city hangs, with all its links up. */
  | { does: "gateway-dead"; network: NetworkSlug; city: CitySlug }
  /** A probe's cable is out; a VPN carries a probe's traffic. */
  | { does: "cable-pulled" | "vpn"; probe: string }
  /** Every router of a city loses so many of a hundred packets. */
  | { does: "jam"; city: CitySlug; ofHundred: number }
  /** A network lets a site's answers through only so fast. */
  | { does: "throttle"; network: NetworkSlug; target: string; kilobytesS: number }
  /** A network shows certificates of its own for these sites. */
  | { does: "interception"; network: NetworkSlug; targets: readonly string[]; issuer: string }
  /** A site abroad is gone and back in turns, for everybody. */
  | { does: "origin-flaps"; target: string }
  /** A site in the country takes nobody from abroad. */
  | { does: "origin-closed-abroad"; target: string }
  /** A network's router in a city leads every web connection to a login page. */
  | { does: "captive-portal"; network: NetworkSlug; city: CitySlug };

/** One act: a deed with its time, in seconds since the script began. */
export type Act = { id: string; title: string; fromS: number; toS: number; deed: Deed };

/** Something that happens in the streets of a city; detection never reads it. */
export type StreetEvent = { id: string; title: string; city: CitySlug; fromS: number; toS: number };

/** A script. `settleS` is how long, after the last act, late journals may take to come home. */
export type Scenario = {
  name: string;
  title: string;
  acts: readonly Act[];
  event: StreetEvent | null;
  settleS: number;
};
