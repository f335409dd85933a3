import { readFileSync } from "node:fs";
import { endpointText, parseEndpoint } from "./endpoint.ts";

/** How many name servers the C library uses (MAXNS in resolv.h). */
const MAX_SERVERS = 3;

/**
 * Name servers of the host as `ip:port`, from the text of resolv.conf (by default of /etc/resolv.conf, which is the
 * namespace's own in a network namespace). Empty when the file is missing or names none.
 */
export function systemResolvers(resolvConfText: string = readResolvConf()): string[] {
  return resolvConfText
    .split("\n")
    .map((line) => /^\s*nameserver\s+([^\s#;]+)/.exec(line)?.[1]?.replace(/%.*$/, ""))
    .map((address) => (address === undefined ? null : parseEndpoint(address, 53)))
    .filter((endpoint) => endpoint !== null)
    .map(endpointText)
    .slice(0, MAX_SERVERS);
}

function readResolvConf(): string {
  try {
    return readFileSync("/etc/resolv.conf", "utf8");
  } catch {
    return "";
  }
}
