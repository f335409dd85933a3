import type { Agent } from "node:http";
import { usageError } from "../../protocol/command-line.ts";
import { type Trust, trustIn } from "../measure/trust.ts";

/** How a collector is reached: roots trusted besides the public ones, and a proxy's agent. Measuring never uses it. */
export type Way = { ca?: readonly string[]; agent?: Agent };

const SCHEMES = ["http:", "https:", "socks5:", "socks5h:", "socks4:", "socks4a:", "socks:"];
const USAGE = "--proxy http://HOST:PORT or socks5h://127.0.0.1:9050 (Tor)";

/**
 * Reads the address of a proxy (flag or KUAGER_PROXY); null for none. `socks5h` and `socks` let the proxy look up the
 * collector's name, so that this host's resolver is not asked for it. Throws `usage`.
 */
export function readProxy(text: string | undefined): URL | null {
  if (text === undefined || text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && SCHEMES.includes(url.protocol) && url.hostname !== "" && text.length <= 256) return url;
  // The address may carry a password: it is not repeated.
  throw usageError("The address of the proxy cannot be read", USAGE);
}

/** The way through a proxy, or directly. The libraries for proxies are loaded only when there is one. */
export async function openWay(ca: readonly string[], proxy: URL | null): Promise<Way> {
  if (proxy === null) return { ca };
  if (proxy.protocol.startsWith("socks"))
    return { ca, agent: new (await import("socks-proxy-agent")).SocksProxyAgent(proxy) };
  return { ca, agent: new (await import("https-proxy-agent")).HttpsProxyAgent(proxy) };
}

/** Whom a connection to a collector trusts, beside the usual roots: nothing more in clear text, or where none were given. */
export function trustOf(url: string, { ca = [] }: Way): Partial<Trust> {
  return ca.length > 0 && /^(?:https|wss):/.test(url) ? trustIn(ca) : {};
}
