import { isIPv6 } from "node:net";
import type { Failure } from "../../protocol/failure.ts";
import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { HttpStep } from "../../protocol/records/web.ts";
import { hostOf } from "./endpoint.ts";
import type { HostInterface } from "./host-facts.ts";
import { isGlobalIpv6 } from "./privacy.ts";
import { type Scene, suspect } from "./suspect.ts";

/** Interfaces that tunnels make. */
const TUNNEL = /^(?:tun|tap|wg|utun|ppp|ipsec|nordlynx|proton|outline|tailscale|amn|awg)\d*/;

/** A tunnel that connections of this measurement really went through; one that is up and unused changes nothing. */
export function vpn({ facts, leftFrom }: Scene): LocalSuspect | null {
  const tunnel = used(facts.interfaces, leftFrom).find(({ name }) => TUNNEL.test(name));
  if (tunnel === undefined) return null;
  // A modem or PPPoE line makes a ppp interface, too; a VPN needs another line under it.
  const isLine = tunnel.name.startsWith("ppp") && (facts.pppoe || !hasOtherLine(facts.interfaces, tunnel));
  return isLine ? null : suspect("vpn", "Connections left this host through what looks like a VPN or tunnel.");
}

/** Proxy variables: this host may have no other way out. */
export function proxy({ facts: { proxyVariables } }: Scene): LocalSuspect | null {
  if (proxyVariables.length === 0) return null;
  const names = proxyVariables.join(", ");
  return suspect("proxy", `${names} set: this host may need a proxy, which measurements do not use.`);
}

/** A modem of a mobile network under the connections: traffic may cost money, and the line is a mobile one. */
export function metered({ facts, leftFrom }: Scene): LocalSuspect | null {
  const modem = used(facts.interfaces, leftFrom).some(({ wwan }) => wwan);
  return modem
    ? suspect("metered", "Connections left this host through a mobile modem, whose traffic may be metered.")
    : null;
}

const UNREACHABLE: readonly (Failure | null)[] = ["network_unreachable", "host_unreachable", "address_not_available"];

/**
 * The host has a public IPv6 address and yet no IPv6 connection finds a way, while IPv4 works. A host without such an
 * address simply has no IPv6; silence or a refusal may come from anywhere and is left to the judge.
 */
export function brokenIpv6({ steps, facts }: Scene): LocalSuspect | null {
  const v6 = steps.tcp.filter(({ ip }) => isIPv6(ip));
  const v4Works = steps.tcp.some(({ ip, failure }) => !isIPv6(ip) && failure === null);
  const promised = facts.interfaces.some(({ addresses }) => addresses.some(isGlobalIpv6));
  if (v6.length === 0 || !v4Works || !promised || !v6.every(({ failure }) => UNREACHABLE.includes(failure)))
    return null;
  return suspect("broken_ipv6", "This host has an IPv6 address, but none of its IPv6 connections finds a way out.");
}

/**
 * A page that nobody vouches for sends the reader to a private address, or asks to log in to the network (status 511),
 * as login pages of networks do. A known block page is none.
 */
export function captivePortal({ steps, isBogon }: Scene): LocalSuspect | null {
  const vouched = new Set(steps.tls.filter(({ trusted }) => trusted === true).map(({ id }) => id));
  const unvouched = steps.http.filter(
    ({ tls, blockPage }) => blockPage === undefined && (tls === null || !vouched.has(tls)),
  );
  return unvouched.some((step) => step.status === 511 || leadsInside(step, isBogon))
    ? suspect(
        "captive_portal",
        "A page in place of the site's leads to a private address, as login pages of networks do.",
      )
    : null;
}

function leadsInside({ location, status }: HttpStep, isBogon: Scene["isBogon"]): boolean {
  if (location === null || status === null || status < 300 || status > 399 || !URL.canParse(location)) return false;
  return isBogon(hostOf(new URL(location)));
}

function used(interfaces: readonly HostInterface[], leftFrom: ReadonlySet<string>): HostInterface[] {
  return interfaces.filter(({ addresses }) => addresses.some((address) => leftFrom.has(address)));
}

function hasOtherLine(interfaces: readonly HostInterface[], tunnel: HostInterface): boolean {
  return interfaces.some(
    ({ name, addresses }) =>
      name !== tunnel.name &&
      !TUNNEL.test(name) &&
      addresses.some((address) => !/^(?:127\.|::1$|fe80:|169\.254\.)/.test(address)),
  );
}
