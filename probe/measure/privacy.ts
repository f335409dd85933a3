import { isIP, isIPv4, isIPv6 } from "node:net";
import { parseEndpoint } from "./endpoint.ts";

/** Addresses of public resolvers, from their operators' pages: thousands use them, so they say nothing of anyone. */
const PUBLIC_RESOLVERS: ReadonlySet<string> = new Set([
  "2001:4860:4860::8844",
  "2001:4860:4860::8888",
  "2606:4700:4700::1001",
  "2606:4700:4700::1002",
  "2606:4700:4700::1003",
  "2606:4700:4700::1111",
  "2606:4700:4700::1112",
  "2606:4700:4700::1113",
  "2620:119:35::35",
  "2620:119:53::53",
  "2620:fe::9",
  "2620:fe::10",
  "2620:fe::11",
  "2620:fe::fe",
  "2620:fe::fe:9",
  "2620:fe::fe:10",
  "2620:fe::fe:11",
  "2a02:6b8::feed:ff",
  "2a02:6b8:0:1::feed:ff",
  "2a10:50c0::ad1:ff",
  "2a10:50c0::ad2:ff",
]);

/**
 * A resolver of the host as records may name it. Home routers announce themselves by an address out of the volunteer's
 * own prefix, so IPv6 addresses other than well-known public ones are cut to a range that thousands share: the
 * provider's /32, `fe80::/10`, `fc00::/7`. IPv4 (private, or the provider's) and what is no address stays.
 */
export function resolverText(server: string): string {
  const ip = parseEndpoint(server.replace(/%[^\]]*/, ""), 53)?.ip;
  if (ip === undefined || isIPv4(ip)) return server;
  const spelled = canonicalIpv6(ip);
  if (PUBLIC_RESOLVERS.has(spelled) || spelled === "::1" || spelled.startsWith("::ffff:")) return server;
  return rangeOf(spelled);
}

function rangeOf(ip: string): string {
  const [first = "0", second = ""] = ip.split(":");
  const high = Number.parseInt(first === "" ? "0" : first, 16);
  // 6to4 writes the home's IPv4 address into the bits that follow (RFC 3056).
  if (high === 0x2002) return "2002::/16";
  if (high >= 0x2000 && high < 0x4000) return second === "" ? `${first}::/32` : `${first}:${second}::/32`;
  if (high >= 0xfc00 && high < 0xfe00) return "fc00::/7";
  if (high >= 0xfe80 && high < 0xfec0) return "fe80::/10";
  return `${first === "" ? "" : first}::/16`;
}

/** One spelling for each IPv6 address (RFC 5952, as URLs have it). */
export function canonicalIpv6(ip: string): string {
  return URL.canParse(`http://[${ip}]/`) ? new URL(`http://[${ip}]/`).hostname.slice(1, -1) : ip.toLowerCase();
}

const HARDWARE_ADDRESS = /(?<![0-9a-z])(?:[0-9a-f]{2}(?::|-|%3a)){5}[0-9a-f]{2}(?![0-9a-z])/gi;
const ADDRESS_LIKE = /(?<![\w:.])[0-9a-f]*[:.][0-9a-f:.]+(?![\w:])/gi;
const REMOVED = "x";

/** A text written by somebody on the way, without IP and hardware addresses: block pages and portals name the reader. */
export function withoutAddresses(text: string): string {
  return text.replace(HARDWARE_ADDRESS, REMOVED).replace(ADDRESS_LIKE, (found) => {
    const whole = found.replace(/[.:]+$/, "");
    const address = [whole, whole.replace(/:\d{1,5}$/, "")].find(isAddress);
    return address === undefined ? found : found.replace(address, REMOVED);
  });
}

/** Colons stand in other texts, too: with fewer than three groups it is taken for one of those. */
function isAddress(text: string): boolean {
  return isIPv4(text) || (isIPv6(text) && text.split(":").filter((group) => group !== "").length > 2);
}

/** Words that portals and filters pass the reader's identity under. */
const TELLING = /^(?:.*mac|(?:.*_)?ip|.*ipaddr.*|msisdn|phone|subscriber.*|imsi|imei)$/i;

/** A URL as records may hold it: what its query says of the reader is taken out. A text that is no URL stays. */
export function urlForRecord(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.search === "") return text;
  const pairs = url.search
    .slice(1)
    .split("&")
    .map((pair) => {
      const [key = "", ...value] = pair.split("=");
      if (value.length === 0) return withoutAddresses(pair);
      return TELLING.test(key) ? `${key}=${REMOVED}` : `${key}=${withoutAddresses(decoded(value.join("=")))}`;
    });
  const search = pairs.join("&");
  if (decoded(search) === decoded(url.search.slice(1))) return text;
  url.search = search;
  return url.href;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a text is a global unicast IPv6 address (2000::/3). */
export function isGlobalIpv6(ip: string): boolean {
  return isIP(ip) === 6 && /^[23][0-9a-f]{3}:/i.test(canonicalIpv6(ip));
}
