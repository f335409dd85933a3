import { isIP } from "node:net";
import type { TlsPurpose } from "../../protocol/records/web.ts";
import { askBriefly } from "./ask.ts";
import { connect } from "./connect.ts";
import { hostOf } from "./endpoint.ts";
import { handshake } from "./handshake.ts";
import type { Measurement } from "./measurement.ts";
import type { Visit } from "./visit.ts";

/** Whether an address was reached and then something went wrong in or after the handshake: worth a closer look. */
export function isAnomalous({ tls, http }: Visit): boolean {
  if (tls === null) return false;
  if (tls.failure !== null) return tls.failure !== "interrupted";
  if (tls.trusted === false) return true;
  return http !== null && http.failure !== null && http.failure !== "interrupted" && http.status === null;
}

/**
 * Asks what exactly fails at an anomalous address: an innocent name there, no name, the name in two segments, and the
 * name at the innocent name's address. One handshake each, on a connection of its own.
 */
export async function followUp(m: Measurement, anomaly: Visit): Promise<void> {
  const name = hostOf(anomaly.url);
  const { ip, tcp } = anomaly;
  const { controlSni } = m.options;
  if (controlSni !== null && controlSni !== name)
    await attempt(m, { ip, port: tcp.port, sni: controlSni, name: controlSni, purpose: "sni-control" });
  // Without a name in ClientHello there is nothing more to vary.
  if (isIP(name)) return;
  await attempt(m, { ip, port: tcp.port, sni: null, name, purpose: "no-sni" });
  await attempt(m, { ip, port: tcp.port, sni: name, name, purpose: "split-hello" });
  if (controlSni === null || controlSni === name) return;
  const elsewhere = (await askBriefly(m, controlSni)).find((address) => address !== ip && !m.isBogon(address));
  if (elsewhere !== undefined)
    await attempt(m, { ip: elsewhere, port: tcp.port, sni: name, name, purpose: "alt-address" });
}

async function attempt(
  m: Measurement,
  trial: { ip: string; port: number; sni: string | null; name: string; purpose: TlsPurpose },
): Promise<void> {
  if (m.signal.aborted || m.room("tcp") === 0 || m.room("tls") === 0) return;
  const { ip, port, sni, name, purpose } = trial;
  const { timer, signal, deadlines, trust } = m;
  const opened = await connect({ ip, port, timeoutMs: deadlines.tcpMs, timer }, signal);
  const tcp = m.add("tcp", opened.step);
  if (!opened.ok) return;
  const { socket } = opened;
  const secured = await handshake({ socket, sni, name, purpose, timeoutMs: deadlines.tlsMs, timer, trust }, signal);
  m.add("tls", { tcp: tcp.id, ...secured.step });
  if (secured.ok) secured.socket.destroy();
  socket.destroy();
}
