import { isIP, type Socket } from "node:net";
import type { Failure } from "../../protocol/failure.ts";
import type { FollowUpPurpose, HttpStep, TcpStep, TlsStep } from "../../protocol/records/web.ts";
import { connect } from "./connect.ts";
import { hostOf, portOf } from "./endpoint.ts";
import { handshake } from "./handshake.ts";
import type { Measurement } from "./measurement.ts";
import { request } from "./request.ts";

/** What one address of a URL showed; a later step is null when it was not reached. */
export type Visit = {
  url: URL;
  ip: string;
  tcp: TcpStep;
  tls: TlsStep | null;
  http: HttpStep | null;
  redirect: URL | null;
};

/** What browsers offer; a follow-up differs from what it is compared with in its name only. */
export const ALPN: readonly string[] = ["h2", "http/1.1"];

/**
 * A certificate that holds proves whose page it is, and nothing more of it is compared: its beginning is enough for
 * title, hash and length up to here. In clear text length counts against the controls', so there it is read on.
 */
const PROVED_BODY_BYTES = 32 * 1024;

/** Failures of HTTP/2 itself: the same page may still come by HTTP/1.1. */
const BROKEN_H2: readonly (Failure | null)[] = ["http_parse_error", "http_request_failed"];

export type VisitOptions = {
  maxBodyBytes: number;
  /** Why, when it is a follow-up. */
  purpose?: "other-port" | "host-control";
  tcpMs?: number;
  alpn?: readonly string[];
};

/**
 * Connects to one address of a URL, shakes hands if it is https, and asks for the page, each step once. Where HTTP/2
 * was agreed on and is itself what fails, all of it once more with HTTP/1.1.
 */
export async function visit(m: Measurement, url: URL, ip: string, options: VisitOptions): Promise<Visit> {
  const seen = await visitOnce(m, url, ip, options);
  const { http, tls } = seen;
  if (tls?.alpn !== "h2" || http === null || http.status !== null || !BROKEN_H2.includes(http.failure)) return seen;
  if (m.signal.aborted || m.room("tcp") === 0) return seen;
  return visitOnce(m, url, ip, { ...options, alpn: ["http/1.1"] });
}

async function visitOnce(m: Measurement, url: URL, ip: string, options: VisitOptions): Promise<Visit> {
  const { timer, signal, deadlines } = m;
  const { purpose, alpn = ALPN } = options;
  const tcpMs = options.tcpMs ?? deadlines.tcpMs;
  const { tcp, socket } = await open(m, { ip, port: portOf(url), timeoutMs: tcpMs }, purpose);
  const seen = { url, ip, tcp, tls: null, http: null, redirect: null };
  if (socket === null) return seen;
  if (url.protocol === "http:") return { ...seen, ...(await fetchPage(m, url, socket, { tcp, tls: null }, options)) };

  const name = hostOf(url);
  const secured = await handshake(
    {
      socket,
      // A server name is never an address (RFC 6066 section 3).
      sni: isIP(name) ? null : name,
      name,
      purpose: purpose === "other-port" ? purpose : "target",
      timeoutMs: deadlines.tlsMs,
      timer,
      trust: m.trust,
      alpn,
    },
    signal,
  );
  const tls = m.add("tls", { tcp: tcp.id, ...secured.step });
  if (!secured.ok) return { ...seen, tls };
  return { ...seen, tls, ...(await fetchPage(m, url, secured.socket, { tcp, tls }, options)) };
}

/** Connects and appends the step; the socket is null when that failed. Notes which of the host's addresses it left from. */
export async function open(
  m: Measurement,
  to: { ip: string; port: number; timeoutMs: number },
  purpose?: FollowUpPurpose,
): Promise<{ tcp: TcpStep; socket: Socket | null }> {
  const opened = await connect({ ...to, timer: m.timer }, m.signal);
  const tcp = m.add("tcp", { ...opened.step, ...(purpose && { purpose }) });
  if (!opened.ok) return { tcp, socket: null };
  if (opened.socket.localAddress !== undefined) m.leftFrom.add(opened.socket.localAddress);
  return { tcp, socket: opened.socket };
}

async function fetchPage(
  m: Measurement,
  url: URL,
  socket: Socket,
  { tcp, tls }: { tcp: TcpStep; tls: TlsStep | null },
  { maxBodyBytes, purpose }: VisitOptions,
): Promise<Pick<Visit, "http" | "redirect">> {
  const { isBlockPage } = m.options;
  const { step, redirect } = await request(
    {
      socket,
      url,
      timeoutMs: m.deadlines.httpMs,
      timer: m.timer,
      maxBodyBytes: tls?.trusted ? Math.min(maxBodyBytes, PROVED_BODY_BYTES) : maxBodyBytes,
      ...(isBlockPage && { isBlockPage }),
    },
    m.signal,
  );
  const whole = { tcp: tcp.id, tls: tls?.id ?? null, ...step, ...(purpose && { purpose }) };
  return { http: m.add("http", whole), redirect };
}
