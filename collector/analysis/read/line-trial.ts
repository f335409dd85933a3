import type { TcpStep, TlsStep, WebBody } from "../../../protocol/records/web.ts";

/**
 * What the innocent site at its own address said of the line: it `works` (a handshake ended, or over http a connection
 * stood), it is `bad` (nothing came, or a handshake stalled, as on a jammed, slow or packet-losing line), or nothing
 * is known.
 */
export type LineTrial = { state: "works" | "bad" | "unknown"; steps: (TcpStep | TlsStep)[] };

/** Ports on which any web server answers: only there a refusal says something of the line. */
const WEB_PORTS: readonly number[] = [80, 443];

/** Reads the `line-control` steps of a measurement. One success outweighs failures. */
export function readLineTrial({ tcp, tls }: Pick<WebBody, "tcp" | "tls">): LineTrial {
  const connections = tcp.filter(({ purpose }) => purpose === "line-control");
  const handshakes = tls.filter(({ purpose }) => purpose === "line-control");
  const steps = [...connections, ...handshakes];
  const good =
    handshakes.length > 0
      ? handshakes.some((step) => step.failure === null || (step.answered && step.failure !== "generic_timeout_error"))
      : connections.some(({ failure }) => failure === null);
  if (good) return { state: "works", steps };
  const bad =
    handshakes.some(({ failure }) => failure === "generic_timeout_error") ||
    connections.some(
      ({ failure, port }) => failure === "generic_timeout_error" || (failure !== null && WEB_PORTS.includes(port)),
    );
  return { state: bad ? "bad" : "unknown", steps };
}
