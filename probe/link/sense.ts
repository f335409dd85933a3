import type { LineCondition, LinkBody, LinkState, NamedCheck } from "../../protocol/records/link.ts";
import type { Anchor } from "../../protocol/target.ts";
import { checkAnchors } from "./anchors.ts";
import { type Authenticity, isImpostor } from "./authentic.ts";
import { type Collectors, checkCollectors } from "./collectors.ts";
import { conditionOf } from "./condition.ts";
import { checkGateway } from "./gateway.ts";
import { enough, ladder } from "./ladder.ts";
import type { Names } from "./names.ts";
import { checkDnsAbroad, checkPorts, UNTESTED } from "./ports.ts";
import { readWayOut } from "./way-out.ts";

/** What one look at the line found. */
export type Sensed = Pick<LinkBody, "medium" | "vpn" | "portal" | "checks" | "ports" | "collector"> & {
  state: LinkState;
  condition: LineCondition;
} & Required<Pick<LinkBody, "carrier" | "defaultRoutes" | "family">>;

export type SenseOptions = {
  anchors: readonly Anchor[];
  names: Names;
  authenticity: Authenticity;
  timeoutMs: number;
  /** Whether to try ports as well, should the anchors abroad or the resolver fail. */
  withPorts: boolean;
  random: () => number;
  /** What delivery knows of the collector's addresses. */
  collectors?: Collectors;
  /** Whether these are looked at as well; not while a word of the collector is fresh. */
  lookAtCollectors?: boolean;
  /** Ports as tested a moment ago, to spare their bytes while the line stays bad. */
  knownPorts?: LinkBody["ports"] | null;
  /** Gateways that were seen to answer; remembered from look to look. */
  gateways?: Set<string>;
  /** The line was well a moment ago: anchors that proved themselves are believed. */
  calm?: boolean;
  /** The line was bad a moment ago: everything is asked at once, so that the look is short. */
  atOnce?: boolean;
};

/**
 * Looks at the line in full: gateway, resolver, anchors and collectors at the same time; the white list and single
 * ports when the anchors abroad fail, resolvers abroad when the host's own does. Takes some twice `timeoutMs` on a
 * dead line. Never throws for what the network did.
 */
export async function sense(options: SenseOptions, signal: AbortSignal): Promise<Sensed> {
  const { anchors, names, timeoutMs, atOnce = false, calm = false, collectors = [] } = options;
  const group = (wanted: Anchor["group"]) => anchors.filter((anchor) => anchor.group === wanted);
  const abroad = knownAddresses(group("foreign"));
  const { route, ...way } = await readWayOut(abroad[0], signal);
  const lookFurther = () =>
    Promise.all([
      checkAnchors(group("whitelist"), { ...options, atOnce: true }, signal),
      options.knownPorts ?? (options.withPorts ? checkPorts(abroad, timeoutMs, signal) : UNTESTED),
    ]);
  const early = atOnce ? lookFurther() : null;
  const [gateway, resolver, domestic, foreign, collector] = await Promise.all([
    checkGateway(route, { timeoutMs, calm, answered: options.gateways ?? new Set() }, signal),
    names.check(questions(options), timeoutMs, signal),
    checkAnchors(group("domestic"), options, signal),
    checkAnchors(group("foreign"), options, signal),
    options.lookAtCollectors === true ? checkCollectors(collectors, { names, timeoutMs }, signal) : collectors,
  ]);
  const cut = !enough(foreign);
  const [whitelist, tested] = (await early) ?? (cut ? await lookFurther() : [[], UNTESTED]);
  const checks = { gateway, resolver, domestic, whitelist: cut ? whitelist : [], foreign };
  const portal = isPortal([...domestic, ...checks.whitelist, ...foreign]);
  const isDnsAmiss = !cut && resolver?.ok === false && options.withPorts;
  // What answers for everybody answers on every port too.
  const inVain = portal || !cut;
  const ports = isDnsAmiss ? await checkDnsAbroad(abroad, timeoutMs, signal) : inVain ? UNTESTED : tested;
  const state = ladder(checks);
  const carrier = way.carrier ?? null;
  const routed = route === undefined ? null : route !== null;
  const condition = conditionOf({ state, portal, checks, ports, routed, carrier });
  return { state, condition, ...way, portal, checks, ports, collector };
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
