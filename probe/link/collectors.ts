import type { LinkBody } from "../../protocol/records/link.ts";
import { hello } from "./hello.ts";
import type { Names } from "./names.ts";

export type Collectors = LinkBody["collector"];
export type CollectorOptions = { names: Names; timeoutMs: number };

/** Looks made of collectors' addresses in one go. */
const MOST = 4;

/**
 * Looks at each address of the collector by itself: a connection and, where TLS is spoken, an answer to a ClientHello.
 * What delivery found stands where no look is made: for addresses beyond the first four and for hidden services, whose
 * names no resolver knows. An address that can be reached may still refuse what is sent; delivery tells.
 */
export async function checkCollectors(
  routes: Collectors,
  { names, timeoutMs }: CollectorOptions,
  signal: AbortSignal,
): Promise<Collectors> {
  const looks = routes.slice(0, MOST).map(async (known): Promise<Collectors[number]> => {
    const url = new URL(known.route);
    if (url.hostname.endsWith(".onion")) return known;
    const withHello = url.protocol === "https:" || url.protocol === "wss:";
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(url.port || (withHello ? 443 : 80));
    const [ip] = await names.addresses({ host, addresses: [] }, timeoutMs, signal);
    if (ip === undefined) return { ...known, ok: false, failure: "dns_no_answer" };
    const { ok, failure } = await hello({ ip, port, timeoutMs, withHello }, signal);
    return { ...known, ok, failure };
  });
  return [...(await Promise.all(looks)), ...routes.slice(MOST)];
}

/** In one word: whether any address of the collector answers. */
export function collectorWord(routes: Collectors): "ok" | "unreachable" | "none" {
  if (routes.length === 0) return "none";
  return routes.some(({ ok }) => ok) ? "ok" : "unreachable";
}
