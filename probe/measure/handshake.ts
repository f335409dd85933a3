import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { checkServerIdentity, type PeerCertificate, type TLSSocket, connect as tlsConnect } from "node:tls";
import type { Failure } from "../../protocol/failure.ts";
import type { TlsStep } from "../../protocol/records/web.ts";
import { bounded } from "./bounded.ts";
import { chainHashes, chainSha1, describeLeaf } from "./certificate.ts";
import { DEADLINES } from "./deadlines.ts";
import { type Failed, failedByCut } from "./failed.ts";
import { splitHello } from "./split-hello.ts";
import { since, startTimer, type Timer } from "./timer.ts";
import { toTlsFailure, toTrustFailure } from "./to-failure-tls.ts";
import { type Trust, trustIn } from "./trust.ts";

export type HandshakeOptions = {
  /** An open connection with nothing sent on it. It belongs to the handshake from here on. */
  socket: Socket;
  /** Name to send; null sends none. */
  sni: string | null;
  /** Name (or address) that the certificate must be for. */
  name: string;
  purpose: TlsStep["purpose"];
  timeoutMs?: number;
  timer?: Timer;
  trust?: Trust;
  /** Application protocols to offer, the preferred one first; HTTP/1.1 alone by default. */
  alpn?: readonly string[];
};

/**
 * The record of the step (the caller gives id and tcp), and the encrypted socket when the handshake ended well, with
 * the server's certificate: Node 20 gives that only to the first who asks the socket for it.
 */
export type HandshakeResult =
  | { ok: true; step: Omit<TlsStep, "id" | "tcp">; socket: TLSSocket; certificate: X509Certificate | undefined }
  | { ok: false; step: Omit<TlsStep, "id" | "tcp"> };

/**
 * One TLS handshake on an open connection. The chain is taken whatever it is worth and its trust judged apart
 * (`trusted`, `untrusted`), so an untrusted chain is no failure. Fails with the names of to-failure-tls.ts: a reset is
 * `connection_reset`, an orderly close `eof_error`, an alert `ssl_failed_handshake`, silence `generic_timeout_error`
 * after `timeoutMs` (10 s by default), an aborted signal `interrupted`. The connection is closed after a failure.
 */
export async function handshake(options: HandshakeOptions, signal: AbortSignal): Promise<HandshakeResult> {
  const { socket: raw, sni, purpose, timeoutMs = DEADLINES.tlsMs, timer = startTimer() } = options;
  const startMs = timer();
  const bytesBefore = raw.bytesRead;
  const outcome = await shake(options, timeoutMs, signal);
  const step = { sni, purpose, startMs, durationMs: since(timer, startMs) };
  const answered = raw.bytesRead > bytesBefore;
  if ("socket" in outcome) {
    const { socket } = outcome;
    const certificate = socket.getPeerX509Certificate();
    return {
      ok: true,
      step: { ...step, failure: null, ...describe(socket, certificate), answered },
      socket,
      certificate,
    };
  }
  raw.destroy();
  const unseen = { version: null, alpn: null, chain: [], leaf: null, trusted: null };
  return { ok: false, step: { ...step, ...outcome, ...unseen, answered } };
}

async function shake(options: HandshakeOptions, timeoutMs: number, signal: AbortSignal) {
  const { socket: raw, sni, name, purpose, trust = trustIn([]), alpn = ["http/1.1"] } = options;
  // A reset between the connection and now left no listener to tell it to.
  if (raw.destroyed) return toTlsFailure(raw.errored ?? closedEarly(), false);
  const secured = tlsConnect({
    socket: purpose === "split-hello" ? splitHello(raw, sni ?? "") : raw,
    ...(sni !== null && { servername: sni }),
    secureContext: trust.secureContext,
    rejectUnauthorized: false,
    checkServerIdentity: (_host, certificate) => whyNotFor(name, certificate),
    ALPNProtocols: [...alpn],
  });
  // Stays for the socket's life: a reset between two steps must not end the process.
  secured.on("error", () => {});
  const outcome = await bounded<{ socket: TLSSocket } | Failed>(timeoutMs, signal, (done) => {
    let sawEnd = false;
    secured.once("end", () => {
      sawEnd = true;
    });
    raw.once("error", (error) => done(toTlsFailure(error, false)));
    secured.once("secureConnect", () => done({ socket: secured }));
    secured.once("error", (error) => done(toTlsFailure(error, sawEnd)));
    secured.once("close", () => done(toTlsFailure(closedEarly(), sawEnd)));
  });
  if (typeof outcome === "object" && "socket" in outcome) return outcome;
  secured.destroy();
  return typeof outcome === "string" ? failedByCut(outcome) : outcome;
}

/** A certificate whose names cannot be read makes Node throw, out of reach of everybody; it is for nobody. */
function whyNotFor(name: string, certificate: PeerCertificate): Error | undefined {
  try {
    return checkServerIdentity(name, certificate);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The error Node would give for a connection that ended in the middle of a handshake. */
function closedEarly(): Error {
  return Object.assign(new Error("The connection was closed before the handshake ended."), { code: "ECONNRESET" });
}

function describe(socket: TLSSocket, leaf: X509Certificate | undefined) {
  return {
    version: socket.getProtocol(),
    alpn: typeof socket.alpnProtocol === "string" ? socket.alpnProtocol : null,
    chain: leaf ? chainHashes(leaf) : [],
    leaf: leaf ? describeLeaf(leaf) : null,
    trusted: leaf ? socket.authorized : null,
    ...(leaf && !socket.authorized && { untrusted: whyUntrusted(socket), chainSha1: chainSha1(leaf) }),
  };
}

/** Node's types say Error; what it sets is the error's code where there is one. */
function whyUntrusted(socket: TLSSocket): Failure {
  const reason: unknown = socket.authorizationError;
  return toTrustFailure(typeof reason === "string" ? reason : reason instanceof Error ? reason.message : "");
}
