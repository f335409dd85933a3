import { isIP, isIPv6 } from "node:net";

/** An IP address and a port. */
export type Endpoint = { readonly ip: string; readonly port: number };

/** Reads `IP`, `IP:PORT` or `[IPv6]:PORT`; null when it is neither. */
export function parseEndpoint(text: string, defaultPort: number): Endpoint | null {
  if (isIP(text)) return { ip: text, port: defaultPort };
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text);
  const ip = match?.[1] ?? match?.[2] ?? "";
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  return isIP(ip) && port >= 1 && port <= 65535 ? { ip, port } : null;
}

/** `IP:PORT`, with brackets around IPv6. */
export function endpointText(endpoint: Endpoint): string {
  return isIPv6(endpoint.ip) ? `[${endpoint.ip}]:${endpoint.port}` : `${endpoint.ip}:${endpoint.port}`;
}

/** Host of a URL as a name or a bare address (no brackets around IPv6). */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** Port of a URL, the scheme's own when none is written. */
export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}
