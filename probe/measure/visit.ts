import { isIP, type Socket } from "node:net";
import type { HttpStep, TcpStep, TlsStep } from "../../protocol/records/web.ts";
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

/** Connects to one address of a URL, shakes hands if it is https, and asks for the page, each step once. */
export async function visit(m: Measurement, url: URL, ip: string, maxBodyBytes: number): Promise<Visit> {
  const { timer, signal, deadlines } = m;
  const opened = await connect({ ip, port: portOf(url), timeoutMs: deadlines.tcpMs, timer }, signal);
  const tcp = m.add("tcp", opened.step);
  const seen = { url, ip, tcp, tls: null, http: null, redirect: null };
  if (!opened.ok) return seen;
  if (url.protocol === "http:")
    return { ...seen, ...(await fetchPage(m, url, opened.socket, { tcp, tls: null }, maxBodyBytes)) };

  const name = hostOf(url);
  const secured = await handshake(
    {
      socket: opened.socket,
      // A server name is never an address (RFC 6066 section 3).
      sni: isIP(name) ? null : name,
      name,
      purpose: "target",
      timeoutMs: deadlines.tlsMs,
      timer,
      trust: m.trust,
    },
    signal,
  );
  const tls = m.add("tls", { tcp: tcp.id, ...secured.step });
  if (!secured.ok) return { ...seen, tls };
  return { ...seen, tls, ...(await fetchPage(m, url, secured.socket, { tcp, tls }, maxBodyBytes)) };
}

async function fetchPage(
  m: Measurement,
  url: URL,
  socket: Socket,
  { tcp, tls }: { tcp: TcpStep; tls: TlsStep | null },
  maxBodyBytes: number,
): Promise<Pick<Visit, "http" | "redirect">> {
  const { isBlockPage } = m.options;
  const { step, redirect } = await request(
    {
      socket,
      url,
      timeoutMs: m.deadlines.httpMs,
      timer: m.timer,
      maxBodyBytes,
      ...(isBlockPage && { isBlockPage }),
    },
    m.signal,
  );
  return { http: m.add("http", { tcp: tcp.id, tls: tls?.id ?? null, ...step }), redirect };
}
