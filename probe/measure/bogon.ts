import { BlockList, isIP } from "node:net";

/**
 * Ranges in which no public site can be: an answer from them is a lie or a mistake. IANA special-purpose registries
 * (RFC 6890), without the documentation ranges, which laboratories use as if they were public.
 */
const RANGES = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
] as const;

/** Which private ranges may be dialled: all (true), none (false), or those named. */
export type AllowPrivate = boolean | readonly string[];

/** Makes the lookup of the bogon range that an address lies in; an IPv4 address mapped into IPv6 counts as IPv4. */
export function bogonLookup(): (ip: string) => string | null {
  const lists = RANGES.map((range) => {
    const [network = "", prefix = "0"] = range.split("/");
    const list = new BlockList();
    list.addSubnet(network, Number(prefix), family(network));
    return { range, list };
  });
  return (ip) => (isIP(ip) ? (lists.find(({ list }) => list.check(ip, family(ip)))?.range ?? null) : null);
}

/** Making the lists takes longer than a handshake's arithmetic of ours; they are the same for everybody. */
let shared: ReturnType<typeof bogonLookup> | null = null;

/** Makes the test whether an address is a bogon that may not be dialled. */
export function bogonTest(allowPrivate: AllowPrivate): (ip: string) => boolean {
  if (allowPrivate === true) return () => false;
  shared ??= bogonLookup();
  const rangeOf = shared;
  return (ip) => {
    const range = rangeOf(ip);
    return range !== null && (allowPrivate === false || !allowPrivate.includes(range));
  };
}

function family(ip: string): "ipv4" | "ipv6" {
  return ip.includes(":") ? "ipv6" : "ipv4";
}
