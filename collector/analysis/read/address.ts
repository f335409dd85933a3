/** IPv4 ranges in which no public site can be, as [network, prefix length]. IANA special-purpose registry (RFC 6890). */
const PRIVATE_V4: readonly (readonly [number, number])[] = [
  [0x00000000, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0xe0000000, 4],
  [0xf0000000, 4],
];
/** The same for IPv6: unspecified, loopback, unique local, link local, multicast. */
const PRIVATE_V6 = /^(?:::1?$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:|ff[0-9a-f]{2}:)/;

/** IPv4 addresses as IPv6 writes them (RFC 4291, 2.5.5.2). */
const MAPPED = "::ffff:";

/** Whether an address cannot be that of a public site. Documentation ranges count as public: laboratories use them. */
export function isPrivateAddress(ip: string): boolean {
  const text = ip.toLowerCase();
  const v4 = toNumber(text.startsWith(MAPPED) ? text.slice(MAPPED.length) : text);
  if (v4 === null) return PRIVATE_V6.test(text);
  return PRIVATE_V4.some(([network, bits]) => v4 >>> (32 - bits) === network >>> (32 - bits));
}

/** Whether a host is an address and no name. */
export function isAddress(host: string): boolean {
  return host.includes(":") || toNumber(host) !== null;
}

/** The address part of `1.2.3.4:53`, `[2001:db8::1]:53` or a bare address. */
export function addressOf(server: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(server)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.exec(server)?.[1] ?? server;
}

const DOT = 46;
const ZERO = 48;

/** Dotted decimal as a number; null for any other text. Each measurement asks this of each address. */
function toNumber(text: string): number | null {
  if (text.length > 15) return null;
  let [sum, part, digits, parts] = [0, 0, 0, 1];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0) return null;
      sum = sum * 256 + part;
      parts += 1;
      part = 0;
      digits = 0;
    } else {
      part = part * 10 + code - ZERO;
      digits += 1;
      if (code < ZERO || code > ZERO + 9 || digits > 3 || part > 255) return null;
    }
  }
  return parts === 4 && digits > 0 ? sum * 256 + part : null;
}
