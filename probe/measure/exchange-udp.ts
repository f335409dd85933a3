import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { bounded, type Cut } from "./bounded.ts";
import type { Endpoint } from "./endpoint.ts";
import { startTimer } from "./timer.ts";

export type Packet = { atMs: number; data: Buffer };

/** Everything that came back: accepted packets in order, how many others, and how waiting for the first one ended. */
export type UdpExchange = { packets: Packet[]; strays: number; end: "answered" | Cut | { error: unknown } };

/** One answer and sixteen late ones; a flood beyond that is not kept. */
const MAX_PACKETS = 17;

/**
 * Sends one datagram on a connected socket (only those see a refusal by ICMP, and drop answers from other addresses),
 * waits up to `timeoutMs` for the first packet that `accepts` takes, then `lateMs` more for others.
 */
export async function exchangeUdp(
  options: {
    endpoint: Endpoint;
    data: Buffer;
    timeoutMs: number;
    lateMs: number;
    accepts: (data: Buffer) => boolean;
    /** Hops that the datagram may travel. */
    ttl?: number;
  },
  signal: AbortSignal,
): Promise<UdpExchange> {
  const { endpoint, data, timeoutMs, lateMs, accepts, ttl } = options;
  const socket = createSocket(isIPv6(endpoint.ip) ? "udp6" : "udp4");
  const timer = startTimer();
  const packets: Packet[] = [];
  let strays = 0;
  try {
    const first = await bounded<{ error: unknown }>(timeoutMs, signal, (done) => {
      const fail = (error: unknown) => done({ error });
      socket.on("error", fail);
      socket.on("message", (message) => {
        if (!accepts(message)) strays++;
        else if (packets.length < MAX_PACKETS) packets.push({ atMs: timer(), data: message });
        if (packets.length > 0) done({ error: null });
      });
      socket.connect(endpoint.port, endpoint.ip, (error?: Error) => {
        if (error) {
          fail(error);
          return;
        }
        if (ttl !== undefined) socket.setTTL(ttl);
        socket.send(data, (sendError) => sendError && fail(sendError));
      });
    });
    if (typeof first === "string") return { packets, strays, end: first };
    if (first.error !== null) return { packets, strays, end: first };
    await bounded<never>(lateMs, signal, () => {});
    return { packets, strays, end: "answered" };
  } finally {
    socket.close();
  }
}
