import type { Socket } from "node:net";
import type { Failure } from "../../protocol/failure.ts";
import type { Anchor } from "../../protocol/target.ts";
import { handshake } from "../measure/handshake.ts";
import { type Trust, trustIn } from "../measure/trust.ts";
import { createChainCheck } from "./chain.ts";

/** Tells the anchors themselves from whatever answers in their place: a captive portal, a filter's proxy. */
export type Authenticity = {
  /** Whether the anchor proved itself within the last five minutes, so that a bare connection is enough now. */
  isFresh: (anchor: Anchor) => boolean;
  /** Anchors that proved themselves in this process, and the address each did so at, the latest last. */
  proved: () => readonly Proved[];
  /** Asks for proof again the next time, of one anchor or all, however fresh the last. Addresses stay known. */
  doubt: (id?: string) => void;
  /** Checks an open connection, which it closes. Null when it is the anchor, else why it is not. */
  prove: (anchor: Anchor, socket: Socket, timeoutMs: number, signal: AbortSignal) => Promise<Failure | null>;
};

export type Proved = { readonly id: string; readonly ip: string; readonly provedAtMs: number };

const FRESH_MS = 300_000;
/** Ports where a TLS server with a certificate is to be expected; elsewhere a connection is all there is. */
const TLS_PORTS = [443, 853];

/**
 * Makes the check: a TLS handshake whose certificate must hold, some 5 KB, so each anchor is asked once in five
 * minutes while it holds. A certificate that is only out of time still counts: it is the host's clock that is wrong.
 */
export function createAuthenticity(
  ca: readonly string[],
  nowMs: () => number = () => performance.now(),
  tlsPorts: readonly number[] = TLS_PORTS,
): Authenticity {
  const proved = new Map<string, Proved>();
  const isRooted = createChainCheck(ca);
  let trust: Trust | null = null;
  return {
    isFresh: ({ id }) => (proved.get(id)?.provedAtMs ?? Number.NEGATIVE_INFINITY) + FRESH_MS > nowMs(),
    proved: () => [...proved.values()],
    doubt: (id) => {
      for (const known of [...proved.values()])
        if (id === undefined || id === known.id)
          proved.set(known.id, { ...known, provedAtMs: Number.NEGATIVE_INFINITY });
    },
    prove: async (anchor, socket, timeoutMs, signal) => {
      if (!tlsPorts.includes(anchor.port)) {
        socket.destroy();
        return null;
      }
      trust ??= trustIn(ca);
      const { host } = anchor;
      const ip = socket.remoteAddress ?? "";
      const result = await handshake({ socket, sni: host, name: host, purpose: "target", timeoutMs, trust }, signal);
      const leaf = result.ok ? result.certificate : undefined;
      if (result.ok) result.socket.destroy();
      let failure = result.step.failure ?? (result.step.trusted ? null : (result.step.untrusted ?? "unknown_failure"));
      // An error of time hides those of name and signature: while our clock is wrong they are looked at apart.
      if (failure === "ssl_invalid_certificate" && leaf?.checkHost(host) === undefined)
        failure = "ssl_invalid_hostname";
      if (failure === "ssl_invalid_certificate" && leaf !== undefined && !isRooted(leaf))
        failure = "ssl_unknown_authority";
      if (failure !== null && failure !== "ssl_invalid_certificate") {
        proved.delete(anchor.id);
        return failure;
      }
      proved.delete(anchor.id);
      proved.set(anchor.id, { id: anchor.id, ip, provedAtMs: nowMs() });
      return null;
    },
  };
}

/** Whether a failure says that something else answered in the anchor's place. */
export function isImpostor(failure: Failure | null): boolean {
  return failure === "ssl_unknown_authority" || failure === "ssl_invalid_hostname";
}
