import { isIPv6 } from "node:net";
import type { Failure } from "../../protocol/failure.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import type { Messenger } from "../../targets/messengers.ts";
import { hostOf } from "../measure/endpoint.ts";

/** How a connection fails on a host that simply has no IPv6: no news, and no reason to hurry. */
const NO_ROUTE: readonly (Failure | null)[] = ["network_unreachable", "address_not_available", "host_unreachable"];

/** Whether a measurement shows anything out of the ordinary: such entries go to the disk at once. */
export function isAnomalous(body: Pick<WebBody, "dns" | "tcp" | "tls" | "http">): boolean {
  const failedTcp = body.tcp.filter(
    ({ failure, ip }) => failure !== null && !(isIPv6(ip) && NO_ROUTE.includes(failure)),
  );
  return (
    failedTcp.length > 0 ||
    // A name without IPv6 addresses is ordinary; without IPv4 ones it is not.
    body.dns.some(({ failure, late, type }) => late.length > 0 || (failure !== null && !isNoV6(failure, type))) ||
    body.tls.some(({ failure, trusted }) => failure !== null || trusted === false) ||
    body.http.some(({ failure, blockPage }) => failure !== null || blockPage !== undefined)
  );
}

/**
 * The same for a messenger, whose clients try every data centre: one that is dead for months is no news. Connections
 * count when at least half of those to data centres fail, and for its named servers each.
 */
export function isMessengerAnomalous(
  body: Pick<WebBody, "dns" | "tcp" | "tls" | "http">,
  { sites }: Pick<Messenger, "sites">,
): boolean {
  const hosts = new Set(sites.map(({ url }) => hostOf(new URL(url))));
  const ofSites = new Set(
    body.dns.filter(({ name }) => hosts.has(name)).flatMap(({ answers }) => answers.map(({ data }) => data)),
  );
  const centres = body.tcp.filter(({ ip }) => !ofSites.has(ip));
  const dead = centres.filter((step) => isAnomalous({ dns: [], tcp: [step], tls: [], http: [] }));
  const few = dead.length * 2 < centres.length;
  return isAnomalous(few ? { ...body, tcp: body.tcp.filter((step) => !dead.includes(step)) } : body);
}

function isNoV6(failure: Failure, type: string): boolean {
  return type === "AAAA" && failure === "dns_no_answer";
}
