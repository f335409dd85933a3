import { ipToNumber } from "./address-pool.ts";

/**
 * The IPv6 address that stands for an IPv4 address of the lab: the documentation prefix 2001:db8::/32 (RFC 3849) with
 * the 32 bits at its end. So the whole IPv6 net of the lab mirrors the IPv4 one, link by link. Pure.
 */
export function mirror(ip: string): string {
  const bits = ipToNumber(ip);
  return `2001:db8::${Math.floor(bits / 65536).toString(16)}:${(bits % 65536).toString(16)}`;
}
