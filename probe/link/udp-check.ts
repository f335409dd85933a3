import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { errorCode } from "../../protocol/coded-error.ts";
import { bounded } from "../measure/bounded.ts";

/**
 * Whether anything comes back for one datagram: an answer, or with `refusedIsOk` (the rule) a refusal of the port, as
 * the way there is open then too.
 * The socket is connected, since an unconnected one never sees a refusal. Never throws.
 */
export async function udpAnswers(
  { ip, port, data, timeoutMs }: { ip: string; port: number; data: Uint8Array; timeoutMs: number },
  signal: AbortSignal,
  { refusedIsOk = true }: { refusedIsOk?: boolean } = {},
): Promise<boolean> {
  const refused = (error: unknown) => refusedIsOk && errorCode(error) === "ECONNREFUSED";
  const socket = createSocket(isIPv6(ip) ? "udp6" : "udp4");
  const outcome = await bounded<{ ok: boolean }>(timeoutMs, signal, (done) => {
    socket.on("message", () => done({ ok: true }));
    socket.on("error", (error) => done({ ok: refused(error) }));
    socket.on("connect", () => socket.send(data, (error) => error && done({ ok: refused(error) })));
    socket.connect(port, ip);
  });
  socket.close();
  return typeof outcome === "object" && outcome.ok;
}

/**
 * A QUIC long-header packet of a version that does not exist: any QUIC server answers it with Version Negotiation
 * (RFC 9000 section 6; 1200 bytes as section 14.1 asks).
 */
export function quicGreeting(): Uint8Array {
  const packet = randomBytes(1200);
  packet[0] = 0xc0 | ((packet[0] ?? 0) & 0x3f);
  packet.writeUInt32BE(0x1a2a3a4a, 1);
  packet[5] = 8;
  packet[14] = 8;
  return packet;
}

/** A DNS question for the root's name servers, which every resolver can answer. */
export function dnsGreeting(): Uint8Array {
  const head = Buffer.from([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1]);
  randomBytes(2).copy(head, 0);
  return head;
}
