import { isIP } from "node:net";
import type { LinkCheck } from "../../protocol/records/link.ts";
import type { Anchor } from "../../protocol/target.ts";
import { resolve } from "../measure/resolve.ts";

export type NamesOptions = {
  /** The host's own resolvers, `ip:port`, read anew each time: DHCP changes them. */
  servers: () => readonly string[];
  isBogon: (ip: string) => boolean;
  /** Family of the line: on a line of IPv6 alone other addresses are of no use. */
  family?: () => "v4" | "v6";
  nowMs?: () => number;
};

/** Names of anchors, asked of the host's own resolver. */
export type Names = {
  /**
   * Whether a resolver of the host answers a real question: a name, or that there is none. The first name is asked of
   * the first resolver; only when that fails, the other names of it and the other resolvers, all at once. Null when the
   * host has no resolver.
   */
  check: (names: readonly string[], timeoutMs: number, signal: AbortSignal) => Promise<LinkCheck | null>;
  /**
   * Addresses to try for an anchor: what the resolver says, then those known. A good answer serves an hour, and
   * longer while the resolver is silent.
   */
  addresses: (anchor: Pick<Anchor, "host" | "addresses">, timeoutMs: number, signal: AbortSignal) => Promise<string[]>;
};

const KEEP_MS = 3_600_000;
const ADDRESSES_MAX = 2;
/** Wait for the resolver where other addresses are known. */
const HASTY_MS = 1000;

/** Makes the asker; its memory holds only anchors, of which there are at most 64. */
export function createNames(options: NamesOptions): Names {
  const { servers, isBogon, family = () => "v4", nowMs = () => performance.now() } = options;
  const known = new Map<string, { addresses: string[]; untilMs: number }>();
  /** The resolver that answered last goes first. */
  let preferred: string | undefined;
  const inOrder = () => {
    const all = servers();
    return preferred !== undefined && all.includes(preferred)
      ? [preferred, ...all.filter((one) => one !== preferred)]
      : [...all];
  };
  const ask = async (name: string, timeoutMs: number, signal: AbortSignal, server = inOrder()[0]) => {
    if (server === undefined) return null;
    const wanted = family() === "v6" ? "AAAA" : "A";
    const answer = await resolve(
      { resolver: "system", server, name, type: wanted, timeoutMs, lateMs: 0, isBogon: () => false },
      signal,
    );
    const addresses = answer.answers
      .filter(({ type, data }) => type === wanted && !isBogon(data))
      .map(({ data }) => data);
    if (answer.failure === null && addresses.length > 0) known.set(name, { addresses, untilMs: nowMs() + KEEP_MS });
    const ok = answer.rcode === "NOERROR" || answer.rcode === "NXDOMAIN";
    if (ok) preferred = server;
    const failure = ok ? null : (answer.failure ?? "dns_server_misbehaving");
    return { ok, ms: answer.durationMs, failure };
  };
  return {
    check: async ([name, ...others], timeoutMs, signal) => {
      const [server, ...further] = inOrder();
      if (name === undefined || server === undefined) return null;
      const first = await ask(name, timeoutMs, signal, server);
      if (first?.ok !== false || signal.aborted) return first;
      const more = await Promise.all([
        ...others.map((other) => ask(other, timeoutMs, signal, server)),
        ...further.map((other) => ask(name, timeoutMs, signal, other)),
      ]);
      return more.find((check) => check?.ok) ?? first;
    },
    addresses: async ({ host, addresses }, timeoutMs, signal) => {
      if (isIP(host)) return [host];
      const usable = addresses.filter((ip) => family() === "v4" || isIP(ip) === 6);
      const remembered = known.get(host);
      const isHasty = usable.length > 0 || remembered !== undefined;
      if (remembered === undefined || remembered.untilMs < nowMs())
        await ask(host, isHasty ? Math.min(timeoutMs, HASTY_MS) : timeoutMs, signal);
      const found = known.get(host)?.addresses ?? [];
      return [...new Set([...found.slice(0, 1), ...usable, ...found])].slice(0, ADDRESSES_MAX);
    },
  };
}
