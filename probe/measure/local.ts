import { LIMITS } from "../../protocol/limits.ts";
import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { HttpStep, TlsStep } from "../../protocol/records/web.ts";
import type { HostFacts } from "./host-facts.ts";

/** A clock this far off breaks certificate checks; smaller differences are the servers' own. */
const CLOCK_TOLERANCE_MS = 24 * 3600 * 1000;

/** Interfaces that tunnels make. */
const TUNNEL = /^(?:tun|tap|wg|utun|ppp|ipsec|nordlynx|proton|outline)\d*/;

/** Issuers that security programs write into the certificates they put in place of a site's own. */
const INSPECTORS = /kaspersky|\beset\b|avast|\bavg\b|bitdefender|dr\.?\s?web|adguard|fiddler|netfilter/i;

/**
 * What on the host itself could explain the result for one name: an entry of the hosts file, a tunnel, proxy
 * variables, a program that inspects TLS, a wrong clock. Pure; an empty list means nothing was found.
 */
export function findSuspects(
  hostName: string,
  steps: { tls: readonly TlsStep[]; http: readonly HttpStep[] },
  facts: HostFacts,
): LocalSuspect[] {
  const found = [
    hostsFile(hostName, facts.hostsText),
    vpn(facts),
    proxy(facts.proxyVariables),
    inspection(steps.tls),
    clock(steps, facts.nowMs),
  ];
  return found.filter((suspect) => suspect !== null);
}

function hostsFile(hostName: string, text: string): LocalSuspect | null {
  const entry = text.split("\n").find((line) => {
    const [, ...names] = (line.split("#")[0] ?? "").trim().toLowerCase().split(/\s+/);
    return names.includes(hostName.toLowerCase());
  });
  return entry === undefined ? null : suspect("hosts_file", `The hosts file has an entry for ${hostName}.`);
}

function vpn({ interfaces, pppoe }: HostFacts): LocalSuspect | null {
  const tunnel = interfaces.find((name) => TUNNEL.test(name) && !(pppoe && name.startsWith("ppp")));
  return tunnel === undefined ? null : suspect("vpn", `The interface ${tunnel} looks like a VPN or tunnel.`);
}

function proxy(variables: readonly string[]): LocalSuspect | null {
  if (variables.length === 0) return null;
  return suspect("proxy", `${variables.join(", ")} set: this host may need a proxy, which measurements do not use.`);
}

function inspection(tls: readonly TlsStep[]): LocalSuspect | null {
  const issuer = tls.find((step) => step.leaf !== null && INSPECTORS.test(step.leaf.issuer))?.leaf?.issuer;
  return issuer === undefined ? null : suspect("antivirus", `The certificate's issuer is a program: ${issuer}.`);
}

/**
 * The clock is suspect when a site's certificate is not valid yet by it, when it has expired by it while the server's
 * own Date says otherwise, or when servers' Dates differ from it by more than a day.
 */
function clock(
  { tls, http }: { tls: readonly TlsStep[]; http: readonly HttpStep[] },
  nowMs: number,
): LocalSuspect | null {
  const early = tls.find((step) => step.leaf !== null && Date.parse(step.leaf.notBefore) - nowMs > CLOCK_TOLERANCE_MS);
  if (early) return suspect("wrong_clock", "This host's clock is earlier than a certificate's first day.");
  const dates = http.map((step) => Date.parse(step.headers.date ?? "")).filter((time) => !Number.isNaN(time));
  const off = dates.length > 0 && dates.every((time) => Math.abs(time - nowMs) > CLOCK_TOLERANCE_MS);
  return off ? suspect("wrong_clock", "This host's clock differs by more than a day from what servers say.") : null;
}

function suspect(kind: LocalSuspect["kind"], says: string): LocalSuspect {
  return { kind, says: says.slice(0, LIMITS.text).toWellFormed() };
}
