import { isIP } from "node:net";
import type { TlsPurpose } from "../../protocol/records/web.ts";
import { hostOf } from "./endpoint.ts";
import type { InnocentAddresses } from "./follow-up-line.ts";
import type { Trial } from "./follow-up-trial.ts";
import { handshake } from "./handshake.ts";
import type { Measurement } from "./measurement.ts";
import { ALPN, open, type Visit } from "./visit.ts";

/**
 * Trials of what exactly fails in the handshake at an anomalous address: an innocent name there, no name, the name in
 * two segments, and the name at the innocent name's address. One handshake each, on a connection of its own.
 */
export function tlsTrials(m: Measurement, anomaly: Visit, innocentAt: InnocentAddresses): Trial[] {
  const name = hostOf(anomaly.url);
  const { ip } = anomaly;
  const { port } = anomaly.tcp;
  const { controlSni } = m.options;
  const trials: Trial[] = [];
  const innocent = controlSni !== null && controlSni !== name ? controlSni : null;
  if (innocent !== null)
    trials.push(() => attempt(m, { ip, port, sni: innocent, name: innocent, purpose: "sni-control" }));
  // Without a name in ClientHello there is nothing more to vary.
  if (isIP(name)) return trials;
  trials.push(() => attempt(m, { ip, port, sni: null, name, purpose: "no-sni" }));
  trials.push(() => attempt(m, { ip, port, sni: name, name, purpose: "split-hello" }));
  if (innocent !== null) trials.push(() => attemptElsewhere(m, innocentAt, { ip, port, name }));
  return trials;
}

async function attemptElsewhere(
  m: Measurement,
  innocentAt: InnocentAddresses,
  { ip, port, name }: { ip: string; port: number; name: string },
): Promise<void> {
  const elsewhere = (await innocentAt()).find((address) => address !== ip && !m.isBogon(address));
  if (elsewhere !== undefined) await attempt(m, { ip: elsewhere, port, sni: name, name, purpose: "alt-address" });
}

async function attempt(
  m: Measurement,
  trial: { ip: string; port: number; sni: string | null; name: string; purpose: Exclude<TlsPurpose, "target"> },
): Promise<void> {
  if (m.signal.aborted || m.room("tcp") === 0 || m.room("tls") === 0) return;
  const { ip, port, sni, name, purpose } = trial;
  const { timer, signal, deadlines, trust } = m;
  const { tcp, socket } = await open(m, { ip, port, timeoutMs: deadlines.tcpMs }, purpose);
  if (socket === null) return;
  const secured = await handshake(
    { socket, sni, name, purpose, timeoutMs: deadlines.tlsMs, timer, trust, alpn: ALPN },
    signal,
  );
  m.add("tls", { tcp: tcp.id, ...secured.step });
  if (secured.ok) secured.socket.destroy();
  socket.destroy();
}
