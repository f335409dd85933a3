import type { LinkBody } from "../../protocol/records/link.ts";
import { hasCarrier, interfaceTowards, isTunnel, lineBelow, mediumOf } from "./interfaces.ts";
import { countDefaultRoutes, defaultRoute, type Route } from "./route.ts";

/** The way out as the system tells it; costs no packet. `route` is undefined where the system does not tell. */
export type WayOut = Required<Pick<LinkBody, "medium" | "vpn" | "carrier" | "defaultRoutes" | "family">> & {
  route: Route | null | undefined;
};

/**
 * Reads the way out. `towards` is an address abroad: programs for VPNs lay policy routes, which show only in the
 * interface that packets to it would leave by. The medium is that of the line below the tunnel.
 */
export async function readWayOut(towards: string | undefined, signal: AbortSignal): Promise<WayOut> {
  const route = defaultRoute();
  const name = route?.interface ?? null;
  const leaving = towards === undefined || !route ? null : await interfaceTowards(towards, signal);
  const vpn = [name, leaving].some((one) => one !== null && isTunnel(one));
  return {
    route,
    medium: name === null ? "unknown" : mediumOf(isTunnel(name) ? (lineBelow() ?? name) : name),
    vpn,
    carrier: hasCarrier(name),
    defaultRoutes: Math.min(64, countDefaultRoutes()),
    family: route?.family ?? null,
  };
}
