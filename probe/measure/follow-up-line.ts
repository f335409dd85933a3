import { isIP } from "node:net";
import { askBriefly } from "./ask.ts";
import { hostOf, portOf } from "./endpoint.ts";
import type { Trial } from "./follow-up-trial.ts";
import { handshake } from "./handshake.ts";
import type { Measurement } from "./measurement.ts";
import { ALPN, open, type Visit } from "./visit.ts";

/** Addresses of the innocent name, asked for once in a measurement and only when a trial needs them. */
export type InnocentAddresses = () => Promise<string[]>;

/** {@link InnocentAddresses} of a measurement; none where it has no innocent name. */
export function innocentAddresses(m: Measurement): InnocentAddresses {
  let asked: Promise<string[]> | null = null;
  const { controlSni } = m.options;
  return () => {
    asked ??= controlSni === null ? Promise.resolve([]) : askBriefly(m, controlSni);
    return asked;
  };
}

/** How long the line may take for the innocent site: longer says that the line is bad, whatever the reason. */
const LINE_MS = 5_000;

/**
 * The innocent name at its own address, the way the anomalous site was tried: a connection, and over https a handshake.
 * It tells a site's trouble from the line's: a jam, a line slower than the deadlines, one that loses large packets, a
 * portal that names itself for every name. One trial a measurement.
 */
export function lineTrial(m: Measurement, anomalies: readonly Visit[], innocent: InnocentAddresses): Trial[] {
  const [first] = anomalies;
  const { controlSni } = m.options;
  if (first === undefined || controlSni === null || isIP(controlSni) !== 0) return [];
  if (controlSni === hostOf(new URL(m.options.url))) return [];
  return [() => tryLine(m, { url: first.url, name: controlSni, not: anomalies.map(({ ip }) => ip) }, innocent)];
}

async function tryLine(
  m: Measurement,
  { url, name, not }: { url: URL; name: string; not: readonly string[] },
  innocent: InnocentAddresses,
): Promise<void> {
  const ip = (await innocent()).find((address) => !not.includes(address) && !m.isBogon(address));
  if (ip === undefined || m.signal.aborted || m.room("tcp") === 0) return;
  const { timer, signal, deadlines, trust } = m;
  const timeoutMs = Math.min(LINE_MS, deadlines.tcpMs);
  const { tcp, socket } = await open(m, { ip, port: portOf(url), timeoutMs }, "line-control");
  if (socket === null) return;
  if (url.protocol === "https:" && m.room("tls") > 0) {
    const secured = await handshake(
      {
        ...{ socket, sni: name, name, purpose: "line-control", timer, trust, alpn: ALPN },
        timeoutMs: Math.min(LINE_MS, deadlines.tlsMs),
      },
      signal,
    );
    m.add("tls", { tcp: tcp.id, ...secured.step });
    if (secured.ok) secured.socket.destroy();
  }
  socket.destroy();
}
