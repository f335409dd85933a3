import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { DnsStep } from "../../protocol/records/web.ts";
import { askSystem } from "./ask.ts";
import { bounded } from "./bounded.ts";
import { connect } from "./connect.ts";
import { hostOf } from "./endpoint.ts";
import { handshake } from "./handshake.ts";
import { readHostFacts } from "./host-facts.ts";
import { findSuspects } from "./local.ts";
import type { Measurement } from "./measurement.ts";
import { suspect } from "./suspect.ts";

/** Where NCALayer, the state's signing program, listens on its own host (its documentation). */
const NCALAYER_PORT = 13579;
const HOST_CHECK_MS = 1_000;
/** The resolver has been silent for longer already. */
const RESOLVER_MS = 2_000;

/**
 * Suspects of a measurement that has ended: what its steps and the host's facts show, and two questions asked only
 * after a failure: does the system's resolver answer for any name, does NCALayer run here.
 */
export async function localSuspects(m: Measurement): Promise<LocalSuspect[]> {
  const hostName = hostOf(new URL(m.options.url));
  const asked = [await deadResolver(m, hostName), await ncaLayer(m)];
  if (m.leftFrom.size === 0) await noteWayOut(m);
  const facts = m.options.host ?? readHostFacts();
  const { steps, leftFrom, isBogon } = m;
  return [...findSuspects({ hostName, steps, facts, leftFrom, isBogon }), ...asked.filter((one) => one !== null)];
}

/** Silent for the site and for an innocent name, which is asked for now: the resolver is dead, whatever the site. */
async function deadResolver(m: Measurement, hostName: string): Promise<LocalSuspect | null> {
  const { controlSni, followups, systemResolvers } = m.options;
  const site = m.steps.dns.filter(({ resolver, name }) => resolver === "system" && name === hostName);
  if (followups === false || site.length === 0 || site.some(isAlive)) return null;
  if (controlSni === null || controlSni === hostName || m.signal.aborted || m.room("dns") < systemResolvers.length)
    return null;
  const control = await askSystem(m, controlSni, Math.min(RESOLVER_MS, m.deadlines.dnsMs));
  if (control.some((step) => isAlive(step) || step.failure === "interrupted")) {
    // It may only have been slow: a name that it had to look for far away, it knows by now.
    if (control.some(isAlive) && m.room("dns") >= systemResolvers.length)
      await askSystem(m, hostName, Math.min(RESOLVER_MS, m.deadlines.dnsMs));
    return null;
  }
  return suspect("resolver_dead", "The resolver this host is set to use is silent for an innocent name as well.");
}

/** Whether anything came back, be it nonsense. */
function isAlive({ rcode, failure }: DnsStep): boolean {
  return rcode !== null || failure === "dns_malformed_answer" || failure === "dns_reply_with_wrong_query_id";
}

/** Looked for only when a certificate did not hold; a listener that does not speak TLS is another program. */
async function ncaLayer(m: Measurement): Promise<LocalSuspect | null> {
  if (!m.steps.tls.some(({ trusted }) => trusted === false) || m.signal.aborted) return null;
  const where = { ip: "127.0.0.1", port: m.options.ncaLayerPort ?? NCALAYER_PORT, timeoutMs: HOST_CHECK_MS };
  const opened = await connect(where, m.signal);
  if (!opened.ok) return null;
  const { socket } = opened;
  const secured = await handshake(
    { socket, sni: null, name: where.ip, purpose: "target", timeoutMs: HOST_CHECK_MS, trust: m.trust },
    m.signal,
  );
  if (!secured.ok) return null;
  secured.socket.destroy();
  return suspect("ncalayer", "NCALayer seems to run on this host; it brings certificate authorities of its own.");
}

/** Without any connection the route tells where one would leave: a connected datagram socket sends nothing. */
async function noteWayOut(m: Measurement): Promise<void> {
  const ip = m.steps.tcp[0]?.ip;
  if (ip === undefined) return;
  const socket = createSocket(isIPv6(ip) ? "udp6" : "udp4");
  socket.on("error", () => {});
  await bounded<object>(HOST_CHECK_MS, m.signal, (done) => {
    socket.connect(9, ip, (error?: Error) => {
      if (!error) m.leftFrom.add(socket.address().address);
      done({});
    });
  });
  socket.close();
}
