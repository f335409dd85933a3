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

/** Whether an address cannot be that of a public site. Documentation ranges count as public: laboratories use them. */
export function isPrivateAddress(ip: string): boolean {
  const text = ip.toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  const v4 = toNumber(mapped ?? text);
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

function toNumber(text: string): number | null {
  const parts = text.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
