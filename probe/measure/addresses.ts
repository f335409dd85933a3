import { isIP, isIPv6 } from "node:net";
import { LIMITS } from "../../protocol/limits.ts";
import type { DnsStep } from "../../protocol/records/web.ts";
import { canonicalIpv6 } from "./privacy.ts";

/** Which resolver's answer goes first: what the host itself would use before what others say. */
const RANK = ["system", "os", "udp", "doh"] as const;

/**
 * Distinct addresses to dial for a name: those of the system resolver, then of the operating system, of public
 * resolvers, of DoH, each with its late answers, then those known from controls. Bogons are left out; at most
 * `LIMITS.addressesPerName` of each family remain.
 */
export function addressesToDial(
  steps: readonly DnsStep[],
  known: readonly string[],
  isBogon: (ip: string) => boolean,
): string[] {
  const ranked = [...steps].sort((a, b) => rank(a) - rank(b));
  const answers = ranked.flatMap((step) => [...step.answers, ...step.late.flatMap((late) => late.answers)]);
  const answered = answers.filter((answer) => answer.type !== "CNAME").map((answer) => answer.data);
  const valid = [...answered, ...known].filter((ip) => isIP(ip) !== 0 && !isBogon(ip));
  const all = [...new Set(valid.map(canonical))];
  return all.filter((ip) => sameFamily(all, ip).indexOf(ip) < LIMITS.addressesPerName);
}

function canonical(ip: string): string {
  return isIPv6(ip) ? canonicalIpv6(ip) : ip;
}

function rank(step: DnsStep): number {
  return RANK.findIndex((word) => step.resolver.startsWith(word));
}

function sameFamily(all: readonly string[], ip: string): string[] {
  return all.filter((other) => isIP(other) === isIP(ip));
}
