import { existsSync, readFileSync } from "node:fs";
import type { LinkBody } from "../../protocol/records/link.ts";

/** The host's way out: its interface and the gateway's address (null on links without one). */
export type Route = { readonly interface: string; readonly gateway: string | null };

/**
 * The default route of a `/proc/net/route` text, the one of lowest metric; the two half routes that VPN programs lay
 * over it go first. Null without one. Numbers there are hexadecimal, little endian.
 */
export function parseDefaultRoute(text: string): Route | null {
  const routes = text
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, destination, , , , , , mask]) => destination === "00000000" && (mask === "00000000" || mask === HALF))
    .map(([name = "", , gateway = "", flags = "0", , , metric = "0", mask]) => ({
      name,
      gateway: address(gateway),
      up: (Number.parseInt(flags, 16) & 1) === 1,
      order: (mask === HALF ? 0 : 1e12) + Number(metric),
    }))
    .filter(({ up }) => up)
    .sort((a, b) => a.order - b.order);
  const best = routes[0];
  return best === undefined ? null : { interface: best.name, gateway: best.gateway };
}

/** Mask 128.0.0.0. */
const HALF = "00000080";

function address(hex: string): string | null {
  const bytes = Buffer.from(hex, "hex").reverse();
  return bytes.length !== 4 || bytes.every((byte) => byte === 0) ? null : bytes.join(".");
}

/** Whether a `/proc/net/ipv6_route` text has a default route, and through which interface. */
export function parseDefaultRouteV6(text: string): Route | null {
  for (const line of text.split("\n")) {
    const [destination = "", prefix, , , nextHop = "", , , , flags = "0", name = ""] = line.trim().split(/\s+/);
    const isUp = (Number.parseInt(flags, 16) & 1) === 1;
    if (/^0{32}$/.test(destination) && prefix === "00" && !/^0{32}$/.test(nextHop) && isUp && name !== "lo")
      return { interface: name, gateway: null };
  }
  return null;
}

/** The default route now, IPv4 before IPv6; null when there is none; undefined where the system does not tell. */
export function defaultRoute(): Route | null | undefined {
  const v4 = readText("/proc/net/route");
  if (v4 === null) return undefined;
  return parseDefaultRoute(v4) ?? parseDefaultRouteV6(readText("/proc/net/ipv6_route") ?? "");
}

/** Whether the kernel has an answer of the gateway in a `/proc/net/arp` text. Its hardware address is not looked at. */
export function arpComplete(text: string, ip: string): boolean {
  return text.split("\n").some((line) => {
    const [address, , flags = "0"] = line.trim().split(/\s+/);
    return address === ip && (Number.parseInt(flags, 16) & 2) === 2;
  });
}

/** The text of `/proc/net/arp`; empty where there is none. */
export function arpTable(): string {
  return readText("/proc/net/arp") ?? "";
}

/** What an interface is, from `/sys/class/net`. */
export function mediumOf(name: string, root = "/sys/class/net"): LinkBody["medium"] {
  if (existsSync(`${root}/${name}/wireless`) || existsSync(`${root}/${name}/phy80211`)) return "wifi";
  if (/^(?:ww|rmnet|usb)/.test(name)) return "wwan";
  const isEthernet = readText(`${root}/${name}/type`)?.trim() === "1" && !/^(?:tun|tap|wg)/.test(name);
  return isEthernet ? "ethernet" : "unknown";
}

/** Whether the way out is a tunnel. A `ppp` link is one unless it is the line itself, PPPoE as many providers use it. */
export function isTunnel(name: string, pppoe: string | null = readText("/proc/net/pppoe")): boolean {
  if (/^(?:tun|tap|wg|utun|ipsec)/.test(name)) return true;
  return name.startsWith("ppp") && (pppoe ?? "").trim().split("\n").length < 2;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
