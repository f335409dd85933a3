import { isIP } from "node:net";
import type { LinkCheck } from "../../protocol/records/link.ts";
import type { Anchor } from "../../protocol/target.ts";
import { resolve } from "../measure/resolve.ts";

export type NamesOptions = {
  /** The host's own resolvers, `ip:port`, read anew each time: DHCP changes them. */
  servers: () => readonly string[];
  isBogon: (ip: string) => boolean;
  nowMs?: () => number;
};

/** Names of anchors, asked of the host's own resolver. */
export type Names = {
  /** Whether the resolver answers a real question: a name, or that there is none. Null when the host has no resolver. */
  check: (names: readonly string[], timeoutMs: number, signal: AbortSignal) => Promise<LinkCheck | null>;
  /** Addresses to try for an anchor: what the resolver says, then those known; a good answer serves five minutes. */
  addresses: (anchor: Anchor, timeoutMs: number, signal: AbortSignal) => Promise<string[]>;
};

const KEEP_MS = 300_000;
const ADDRESSES_MAX = 2;

/** Makes the asker; its memory holds only anchors, of which there are at most 64. */
export function createNames({ servers, isBogon, nowMs = () => performance.now() }: NamesOptions): Names {
  const known = new Map<string, { addresses: string[]; untilMs: number }>();
  const ask = async (name: string, timeoutMs: number, signal: AbortSignal) => {
    const server = servers()[0];
    if (server === undefined) return null;
    const answer = await resolve(
      { resolver: "system", server, name, type: "A", timeoutMs, lateMs: 0, isBogon: () => false },
      signal,
    );
    const addresses = answer.answers.filter(({ type, data }) => type === "A" && !isBogon(data)).map(({ data }) => data);
    if (answer.failure === null && addresses.length > 0) known.set(name, { addresses, untilMs: nowMs() + KEEP_MS });
    return answer;
  };
  return {
    check: async (names, timeoutMs, signal) => {
      let check: LinkCheck | null = null;
      for (const name of names) {
        const answer = await ask(name, timeoutMs, signal);
        if (answer === null) return null;
        const ok = answer.rcode === "NOERROR" || answer.rcode === "NXDOMAIN";
        check = { ok, ms: answer.durationMs, failure: ok ? null : (answer.failure ?? "dns_server_misbehaving") };
        if (ok) break;
      }
      return check;
    },
    addresses: async ({ host, addresses }, timeoutMs, signal) => {
      if (isIP(host)) return [host];
      const remembered = known.get(host);
      if (remembered === undefined || remembered.untilMs < nowMs()) {
        known.delete(host);
        await ask(host, timeoutMs, signal);
      }
      const found = known.get(host)?.addresses ?? [];
      return [...new Set([...found.slice(0, 1), ...addresses, ...found])].slice(0, ADDRESSES_MAX);
    },
  };
}
