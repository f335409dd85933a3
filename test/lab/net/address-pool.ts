import { CodedError } from "../../../protocol/coded-error.ts";

/** An IPv4 address as a number, for arithmetic. Throws `bad_input` for anything else. */
export function ipToNumber(ip: string): number {
  const parts = ip.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255))
    throw new CodedError("bad_input", `'${ip}' is not an IPv4 address.`);
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** The IPv4 address of a number made by {@link ipToNumber}. */
export function numberToIp(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** The two ends of a point-to-point link. */
export type LinkAddresses = { parent: string; child: string };

/** Bits of the prefix of every link: a /30 has two usable addresses. */
export const LINK_PREFIX = 30;

/**
 * Hands out the /30 networks of a block such as `192.0.2.0/24`, in order. The function it returns throws `failed`
 * when the block is used up.
 */
export function linkPool(block: string): () => LinkAddresses {
  const [base = "", bits = ""] = block.split("/");
  const first = ipToNumber(base);
  const end = first + 2 ** (32 - Number(bits));
  let next = first;
  return () => {
    if (next + 4 > end) throw new CodedError("failed", `The address block ${block} has no room for another link.`);
    const link = { parent: numberToIp(next + 1), child: numberToIp(next + 2) };
    next += 4;
    return link;
  };
}
