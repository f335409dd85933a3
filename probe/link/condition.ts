import type { LineCondition, LinkBody, LinkState } from "../../protocol/records/link.ts";
import { isImpostor } from "./authentic.ts";
import { enough } from "./ladder.ts";

/** What the condition is read from. */
export type Found = Pick<LinkBody, "portal" | "checks" | "ports"> & {
  state: LinkState;
  /** Whether the host has a way out; null where the system does not tell. */
  routed: boolean | null;
  carrier: boolean | null;
};

/**
 * Which kind of dark (or light) the line is in. Pure. The order matters: what explains more comes first. A silent
 * resolver by itself is the provider's fault or the home router's; only when resolvers abroad are silent too, while
 * addresses answer, has DNS been cut.
 */
export function conditionOf(found: Found): LineCondition {
  const { state, portal, checks, ports, routed, carrier } = found;
  if (portal) return "portal";
  if (state === "international") {
    if (checks.resolver === null || checks.resolver.ok) return "open";
    return ports["udp/53"] === false ? "dns-only" : "resolver-dead";
  }
  const isSilent = state === "none";
  if (isSilent && carrier === false) return "no-carrier";
  if (isSilent && routed === false) return "no-route";
  if (isSilent && checks.gateway?.ok === false) return "gateway-dead";
  return conditionAbroad(found);
}

/** The line stands, and abroad is not reached: what still is? */
function conditionAbroad({ checks, ports }: Found): LineCondition {
  if (checks.foreign.filter(({ failure }) => isImpostor(failure)).length >= 2) return "intercepted";
  const hasDomestic = enough(checks.domestic);
  if (!hasDomestic && checks.whitelist.some(({ ok }) => ok)) return "white-list";
  if (ports["tcp/443"] === false && Object.values(ports).includes(true)) return "partial-port";
  return hasDomestic ? "domestic-only" : "total-cut";
}
