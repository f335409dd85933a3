import type { Socket } from "node:net";
import type { Failure } from "../../protocol/failure.ts";
import type { Anchor } from "../../protocol/target.ts";
import { handshake } from "../measure/handshake.ts";
import { type Trust, trustIn } from "../measure/trust.ts";

/** Tells the anchors themselves from whatever answers in their place: a captive portal, a filter's proxy. */
export type Authenticity = {
  /** Whether the anchor proved itself within the last five minutes, so that a bare connection is enough now. */
  isFresh: (anchor: Anchor) => boolean;
  /** Checks an open connection, which it closes. Null when it is the anchor, else why it is not. */
  prove: (anchor: Anchor, socket: Socket, timeoutMs: number, signal: AbortSignal) => Promise<Failure | null>;
};

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
  const freshUntil = new Map<string, number>();
  let trust: Trust | null = null;
  return {
    isFresh: ({ id }) => (freshUntil.get(id) ?? 0) > nowMs(),
    prove: async (anchor, socket, timeoutMs, signal) => {
      if (!tlsPorts.includes(anchor.port)) {
        socket.destroy();
        return null;
      }
      trust ??= trustIn(ca);
      const { host } = anchor;
      const result = await handshake({ socket, sni: host, name: host, purpose: "target", timeoutMs, trust }, signal);
      if (result.ok) result.socket.destroy();
      const failure =
        result.step.failure ?? (result.step.trusted ? null : (result.step.untrusted ?? "unknown_failure"));
      if (failure !== null && failure !== "ssl_invalid_certificate") {
        freshUntil.delete(anchor.id);
        return failure;
      }
      freshUntil.set(anchor.id, nowMs() + FRESH_MS);
      return null;
    },
  };
}

/** Whether a failure says that something else answered in the anchor's place. */
export function isImpostor(failure: Failure | null): boolean {
  return failure === "ssl_unknown_authority" || failure === "ssl_invalid_hostname";
}
