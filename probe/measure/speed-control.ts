import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { SpeedBody } from "../../protocol/records/speed.ts";
import { hostOf, portOf } from "./endpoint.ts";
import type { SpeedObject } from "./speed.ts";

/** Something that may be fetched, with the addresses it is known to have. */
export type KnownObject = {
  url: string;
  addresses: readonly string[];
  /** Its size as last seen; null when unknown. */
  bodyBytes: number | null;
  /** Whether it is a site abroad that nobody has a reason to slow down. */
  neutral?: boolean;
};

/** A pair to measure: the same port and scheme, and addresses as alike as can be had. */
export type SpeedPair = { object: SpeedObject; control: SpeedObject & Pick<SpeedBody["control"], "choice"> };

/** The best first: what the two share decides what a difference can mean. */
const CHOICES = ["same-address", "same-prefix", "foreign"] as const;
/** What networks announce at least: neighbours in it share the way there. */
const PREFIX_BITS = { ipv4: 24, ipv6: 48 };

/**
 * Chooses the control for a target among objects with known addresses: another name at the same address, else one in
 * the same /24 (IPv6: /48), else a neutral site abroad; of several the one whose size is most like the target's, then
 * by URL, so that the same target is compared with the same control from hour to hour. A name of the same site is no
 * control. Null when there is none, or the target has no address. Pure.
 */
export function chooseControl(target: KnownObject, candidates: readonly KnownObject[]): SpeedPair | null {
  const pairs = candidates
    .filter((candidate) => isComparable(target, candidate))
    .flatMap((candidate) => pairsOf(target, candidate));
  const rank = ({ pair, unlike }: Ranked) => [CHOICES.indexOf(pair.control.choice), unlike] as const;
  const [best] = pairs.sort((a, b) => {
    const [choiceA, unlikeA] = rank(a);
    const [choiceB, unlikeB] = rank(b);
    return choiceA - choiceB || unlikeA - unlikeB || compare(a.pair.control.url, b.pair.control.url);
  });
  return best?.pair ?? null;
}

type Ranked = { pair: SpeedPair; unlike: number };

/** Every way in which a candidate can stand beside the target, with how unlike their sizes are. */
function pairsOf(target: KnownObject, candidate: KnownObject): Ranked[] {
  const unlike =
    target.bodyBytes && candidate.bodyBytes ? Math.abs(Math.log(target.bodyBytes / candidate.bodyBytes)) : Infinity;
  return target.addresses.flatMap((ip) =>
    candidate.addresses.flatMap((other) => {
      const choice = choiceOf(ip, other, candidate.neutral === true);
      if (choice === null) return [];
      return [
        { pair: { object: { url: target.url, ip }, control: { url: candidate.url, ip: other, choice } }, unlike },
      ];
    }),
  );
}

function choiceOf(ip: string, other: string, neutral: boolean): (typeof CHOICES)[number] | null {
  if (ip === other) return "same-address";
  if (samePrefix(ip, other)) return "same-prefix";
  return neutral && isIPv4(ip) === isIPv4(other) ? "foreign" : null;
}

function samePrefix(ip: string, other: string): boolean {
  const family = isIPv4(ip) ? "ipv4" : "ipv6";
  if ((family === "ipv4" && !isIPv4(other)) || (family === "ipv6" && !isIPv6(other))) return false;
  const list = new BlockList();
  list.addSubnet(ip, PREFIX_BITS[family], family);
  return list.check(other, family);
}

function isComparable(target: KnownObject, candidate: KnownObject): boolean {
  const [a, b] = [new URL(target.url), new URL(candidate.url)];
  return a.protocol === b.protocol && portOf(a) === portOf(b) && siteOf(hostOf(a)) !== siteOf(hostOf(b));
}

/** Second-level names under which countries register sites. */
const SHARED = /^(?:ac|co|com|edu|gov|mil|net|org)$/;

/** The name that a site registered, as far as its form tells: `www.a.kz` and `a.kz` are one site. */
function siteOf(host: string): string {
  const labels = host.toLowerCase().split(".");
  const long = labels.at(-1)?.length === 2 && SHARED.test(labels.at(-2) ?? "");
  return labels.slice(long ? -3 : -2).join(".");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
