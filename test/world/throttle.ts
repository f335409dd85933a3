import { connect, createServer, type Socket } from "node:net";
import { serverName } from "./client-hello.ts";
import { listen, type Running } from "./places.ts";

/** What a throttle does to the bytes that a server sends, once it has seen the name. */
export type Pace =
  | "pass"
  /**
   * A policer: what fits the bucket goes at once. What does not fit waits for tokens (a real one drops it, and it comes
   * again later). Connections that share a bucket share its rate.
   */
  | { police: Bucket }
  /** A shaper: everything goes later, at most so many bytes a second. */
  | { shape: { bytesPerS: number; delayMs: number } }
  /** The server's first flight, and nothing else, goes later: the handshake is slow. */
  | { handshakeDelayMs: number }
  /** The handshake passes; what follows goes later. */
  | { afterHandshakeDelayMs: number };

/** A token bucket: `bytesPerS` flow in, `burstBytes` fit. */
export type Bucket = { take: (wantedBytes: number) => number };

/** Makes a full bucket. */
export function createBucket(bytesPerS: number, burstBytes: number, now = () => performance.now()): Bucket {
  let tokens = burstBytes;
  let atMs = now();
  return {
    take: (wantedBytes) => {
      const current = now();
      tokens = Math.min(burstBytes, tokens + ((current - atMs) / 1000) * bytesPerS);
      atMs = current;
      const given = Math.min(wantedBytes, Math.floor(tokens));
      tokens -= given;
      return given;
    },
  };
}

export type ThrottleOptions = {
  upstream: { address: string; port: number };
  decide: (sni: string | null) => Pace;
  /** What is done to the bytes that the client sends; nothing by default. */
  decideUp?: (sni: string | null) => Pace;
};

/** A throttle in front of a server, on a port and address of its own; `names` are those it saw, in order. */
export type Throttle = Running & { names: (string | null)[] };

const TICK_MS = 5;

/** Starts a throttle that reads the server name of each connection and paces what the server sends. */
export async function startThrottle(
  place: { address: string; port?: number },
  options: ThrottleOptions,
): Promise<Throttle> {
  const open = new Set<Socket>();
  const names: (string | null)[] = [];
  const track = (socket: Socket) => {
    open.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  };
  const server = createServer((client) => {
    track(client);
    client.once("data", (hello) => {
      client.pause();
      const name = serverName(hello);
      const sni = name === "incomplete" ? null : name;
      names.push(sni);
      const upstream = connect({ host: options.upstream.address, port: options.upstream.port });
      track(upstream);
      upstream.write(hello);
      pace(client, upstream, options.decideUp?.(sni) ?? "pass");
      pace(upstream, client, options.decide(sni));
      client.once("close", () => upstream.destroy());
    });
  });
  const port = await listen(server, place.address, place.port);
  const close = async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: place.address, port, names, close };
}

/** Moves bytes from one side to the other at the pace. */
function pace(from: Socket, to: Socket, how: Pace): void {
  if (how === "pass") {
    from.pipe(to);
    return;
  }
  const waiting: { data: Buffer; dueMs: number }[] = [];
  let ended = false;
  let seenBytes = 0;
  const rate = rateOf(how);
  from.on("data", (data: Buffer) => {
    waiting.push({ data, dueMs: performance.now() + delayOf(how, seenBytes) });
    seenBytes += data.length;
    // Holds back what a router's queue would: the rest stays with the server.
    if (waiting.length > 8) from.pause();
  });
  from.once("close", () => {
    ended = true;
  });
  const timer = setInterval(() => {
    for (let head = waiting[0]; head !== undefined && head.dueMs <= performance.now(); head = waiting[0]) {
      const given = rate.take(head.data.length);
      if (given === 0) break;
      to.write(head.data.subarray(0, given));
      head.data = head.data.subarray(given);
      if (head.data.length === 0) waiting.shift();
    }
    if (waiting.length <= 8) from.resume();
    if (ended && waiting.length === 0) to.end();
  }, TICK_MS);
  to.once("close", () => clearInterval(timer));
}

function rateOf(how: Exclude<Pace, "pass">): Bucket {
  if ("police" in how) return how.police;
  if ("shape" in how) return createBucket(how.shape.bytesPerS, Math.max(1500, how.shape.bytesPerS / 50));
  return { take: (wantedBytes) => wantedBytes };
}

function delayOf(how: Exclude<Pace, "pass">, seenBytes: number): number {
  if ("shape" in how) return how.shape.delayMs;
  if ("handshakeDelayMs" in how) return seenBytes === 0 ? how.handshakeDelayMs : 0;
  if ("afterHandshakeDelayMs" in how) return seenBytes === 0 ? 0 : how.afterHandshakeDelayMs;
  return 0;
}
