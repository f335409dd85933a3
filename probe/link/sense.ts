import type { LinkBody, LinkState, NamedCheck } from "../../protocol/records/link.ts";
import type { Anchor } from "../../protocol/target.ts";
import { checkAnchors } from "./anchors.ts";
import { type Authenticity, isImpostor } from "./authentic.ts";
import { checkGateway } from "./gateway.ts";
import { enough, ladder } from "./ladder.ts";
import type { Names } from "./names.ts";
import { checkPorts, UNTESTED } from "./ports.ts";
import { defaultRoute, isTunnel, mediumOf } from "./route.ts";

/** What one look at the line found. */
export type Sensed = Pick<LinkBody, "medium" | "vpn" | "portal" | "checks" | "ports"> & { state: LinkState };

export type SenseOptions = {
  anchors: readonly Anchor[];
  names: Names;
  authenticity: Authenticity;
  timeoutMs: number;
  /** Whether to try ports as well, should the anchors abroad fail. */
  withPorts: boolean;
  random: () => number;
};

/**
 * Looks at the line once: gateway, resolver and anchors at the same time, a few hundred bytes on a good line. Never
 * throws for what the network did.
 */
export async function sense(options: SenseOptions, signal: AbortSignal): Promise<Sensed> {
  const { names, timeoutMs } = options;
  const route = defaultRoute();
  const group = (wanted: Anchor["group"]) => options.anchors.filter((anchor) => anchor.group === wanted);
  const [gateway, resolver, domestic, foreign] = await Promise.all([
    checkGateway(route, timeoutMs, signal),
    names.check(questions(options), timeoutMs, signal),
    checkAnchors(group("domestic"), options, signal),
    checkAnchors(group("foreign"), options, signal),
  ]);
  const cut = !enough(foreign);
  const whitelist = cut ? await checkAnchors(group("whitelist"), options, signal) : [];
  const checks = { gateway, resolver, domestic, whitelist, foreign };
  const portal = isPortal([...domestic, ...whitelist, ...foreign]);
  // What answers for everybody answers on every port too.
  const withPorts = cut && !portal && options.withPorts;
  return {
    state: ladder(checks),
    medium: route ? mediumOf(route.interface) : "unknown",
    vpn: route ? isTunnel(route.interface) : false,
    portal,
    checks,
    ports: withPorts ? await checkPorts(knownAddresses(group("foreign")), timeoutMs, signal) : UNTESTED,
  };
}

/** Names to ask the resolver for: at home first, since names abroad cannot be resolved while the way there is cut. */
function questions({ anchors, random }: SenseOptions): string[] {
  const pick = (group: Anchor["group"]) => {
    const hosts = anchors.filter((anchor) => anchor.group === group).map(({ host }) => host);
    return hosts[Math.floor(random() * hosts.length)];
  };
  return [pick("domestic"), pick("whitelist"), pick("foreign")].filter((host) => host !== undefined);
}

function knownAddresses(anchors: readonly Anchor[]): string[] {
  return [...new Set(anchors.flatMap(({ addresses }) => addresses.slice(0, 1)))];
}

/** Whether one and the same something answers for every anchor, such as a captive portal. */
function isPortal(checks: readonly NamedCheck[]): boolean {
  return checks.every(({ ok }) => !ok) && checks.filter(({ failure }) => isImpostor(failure)).length >= 2;
}
