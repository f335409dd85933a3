import { createSocket } from "node:dgram";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import type { LinkBody } from "../../protocol/records/link.ts";
import { bounded } from "../measure/bounded.ts";

/** What an interface is, from `/sys/class/net`. */
export function mediumOf(name: string, root = "/sys/class/net"): LinkBody["medium"] {
  if (existsSync(`${root}/${name}/wireless`) || existsSync(`${root}/${name}/phy80211`)) return "wifi";
  if (/^(?:ww|rmnet|usb)/.test(name)) return "wwan";
  const isEthernet = readText(`${root}/${name}/type`)?.trim() === "1" && !/^(?:tun|tap|wg)/.test(name);
  return isEthernet ? "ethernet" : "unknown";
}

/**
 * Whether an interface is a tunnel: by the kernel's word (TUN/TAP flags, WireGuard's device type), else by its name. A
 * `ppp` link is one unless it is the line itself, PPPoE as many providers use it.
 */
export function isTunnel(
  name: string,
  pppoe: string | null = readText("/proc/net/pppoe"),
  root = "/sys/class/net",
): boolean {
  if (existsSync(`${root}/${name}/tun_flags`)) return true;
  if (readText(`${root}/${name}/uevent`)?.includes("DEVTYPE=wireguard")) return true;
  if (/^(?:tun|tap|wg|utun|ipsec)/.test(name)) return true;
  return name.startsWith("ppp") && (pppoe ?? "").trim().split("\n").length < 2;
}

/**
 * The interface that packets to an address leave by, null when none would: a datagram socket is connected, which sends
 * nothing, and its own address looked up. Sees the policy routes of VPN programs, which `/proc/net/route` does not show.
 */
export async function interfaceTowards(ip: string, signal: AbortSignal): Promise<string | null> {
  const socket = createSocket(isIPv6(ip) ? "udp6" : "udp4");
  const outcome = await bounded<{ ok: boolean }>(1000, signal, (done) => {
    socket.once("error", () => done({ ok: false }));
    socket.connect(9, ip, () => done({ ok: true }));
  });
  const own = typeof outcome === "object" && outcome.ok ? socket.address().address : null;
  socket.close();
  const all = Object.entries(networkInterfaces());
  return all.find(([, addresses]) => addresses?.some(({ address }) => address === own))?.[0] ?? null;
}

/**
 * Whether an interface has a carrier: its cable is in, its radio is associated. Without a name, whether any interface
 * but loopback has. Null where the system does not tell (`carrier` of an interface that is down cannot be read).
 */
export function hasCarrier(name: string | null, root = "/sys/class/net"): boolean | null {
  if (name !== null) return carrierOf(name, root);
  const names = list(root)?.filter((one) => one !== "lo");
  if (names === undefined) return null;
  return names.some((one) => carrierOf(one, root) === true);
}

/** The interface that a tunnel most likely runs over: the first real one with a carrier; null without one. */
export function lineBelow(root = "/sys/class/net"): string | null {
  const real = (name: string) => !isTunnel(name, undefined, root) && mediumOf(name, root) !== "unknown";
  return list(root)?.find((name) => name !== "lo" && carrierOf(name, root) === true && real(name)) ?? null;
}

function carrierOf(name: string, root: string): boolean | null {
  if (!existsSync(`${root}/${name}`)) return null;
  const carrier = readText(`${root}/${name}/carrier`)?.trim();
  if (carrier !== undefined) return carrier === "1";
  return readText(`${root}/${name}/operstate`)?.trim() === "down" ? false : null;
}

function list(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
