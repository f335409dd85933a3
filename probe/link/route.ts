import { readFileSync } from "node:fs";

/** The host's way out: its interface and the gateway's address (null on links without one). */
export type Route = {
  readonly interface: string;
  readonly gateway: string | null;
  readonly family: "v4" | "v6";
};

/**
 * The default route of a `/proc/net/route` text, the one of lowest metric; the two half routes that VPN programs lay
 * over it go first. Null without one. Numbers there are hexadecimal, little endian.
 */
export function parseDefaultRoute(text: string): Route | null {
  const best = routesV4(text).sort((a, b) => a.order - b.order)[0];
  return best === undefined ? null : { interface: best.name, gateway: best.gateway, family: "v4" };
}

function routesV4(text: string) {
  return text
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
    .filter(({ up }) => up);
}

/** Mask 128.0.0.0. */
const HALF = "00000080";

function address(hex: string): string | null {
  const bytes = Buffer.from(hex, "hex").reverse();
  return bytes.length !== 4 || bytes.every((byte) => byte === 0) ? null : bytes.join(".");
}

/**
 * The default route of a `/proc/net/ipv6_route` text, the one of lowest metric; its gateway is mostly a link-local
 * address and so carries its interface (RFC 4007). Null without one.
 */
export function parseDefaultRouteV6(text: string): Route | null {
  const best = routesV6(text).sort((a, b) => a.metric - b.metric)[0];
  if (best === undefined) return null;
  const address = best.nextHop.match(/.{4}/g)?.join(":") ?? "";
  const gateway = address.startsWith("fe80") ? `${address}%${best.name}` : address;
  return { interface: best.name, gateway, family: "v6" };
}

function routesV6(text: string) {
  return text
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .map(([destination = "", prefix, , , nextHop = "", metric = "0", , , flags = "0", name = ""]) => ({
      isDefault: /^0{32}$/.test(destination) && prefix === "00" && !/^0{32}$/.test(nextHop) && name !== "lo",
      isUp: (Number.parseInt(flags, 16) & 1) === 1,
      metric: Number.parseInt(metric, 16),
      nextHop,
      name,
    }))
    .filter(({ isDefault, isUp }) => isDefault && isUp);
}

/** The default route now, IPv4 before IPv6; null when there is none; undefined where the system does not tell. */
export function defaultRoute(): Route | null | undefined {
  const v4 = readText("/proc/net/route");
  if (v4 === null) return undefined;
  return parseDefaultRoute(v4) ?? parseDefaultRouteV6(readText("/proc/net/ipv6_route") ?? "");
}

/** How many default routes are up, over both families. The two half routes of a VPN count as one. */
export function countDefaultRoutes(
  v4 = readText("/proc/net/route") ?? "",
  v6 = readText("/proc/net/ipv6_route") ?? "",
): number {
  const ways = [...routesV4(v4), ...routesV6(v6)].map((route) => `${"gateway" in route ? 4 : 6} ${route.name}`);
  return new Set(ways).size;
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

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
