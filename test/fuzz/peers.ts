import { connect, createServer, type Socket } from "node:net";
import { createServer as createTls, type TLSSocket, connect as tlsConnect } from "node:tls";
import pLimit from "p-limit";
import type { Credentials, Running } from "../world/index.ts";
import { nextAddress } from "../world/index.ts";
import { listen } from "../world/places.ts";

/** What a peer does with a connection after the first bytes came in. */
export type Act = (socket: Socket) => void;

/** A peer whose next connection is met with the act given last. */
export type Peer = Running & { act: Act };

/** A server in clear, or over TLS (offering `alpn`) when credentials are given, that acts as it is told. */
export async function startPeer(credentials?: Credentials, alpn: string[] = ["http/1.1"]): Promise<Peer> {
  const open = new Set<Socket>();
  const peer = { act: (socket: Socket) => void socket.end() };
  const meet = (socket: Socket) => {
    socket.on("error", () => {});
    socket.once("data", () => peer.act(socket));
  };
  const server = credentials ? createTls({ ...credentials, ALPNProtocols: alpn }, meet) : createServer(meet);
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  });
  server.on("tlsClientError", () => {});
  const address = nextAddress();
  const port = await listen(server, address);
  const close = async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(peer, { address, port, close });
}

/** Writes for ever, as fast as the reader takes it. */
export function pourOut(socket: Socket, part: Buffer): void {
  const pour = () => {
    while (!socket.destroyed && socket.write(part));
    if (!socket.destroyed) socket.once("drain", pour);
  };
  pour();
}

/** Writes one byte of a text every few milliseconds, over and over. */
export function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length] ?? " "), 5);
  socket.once("close", () => clearInterval(timer));
}

/** The bytes a real server sends in a handshake of TLS 1.2, where certificates travel in clear. */
export async function realFlight(credentials: Credentials): Promise<Buffer> {
  const server = createTls({ ...credentials, maxVersion: "TLSv1.2" });
  server.on("tlsClientError", () => {});
  const address = nextAddress();
  const port = await listen(server, address);
  const sent: Buffer[] = [];
  const relay = createServer((client) => relayTo({ address, port }, client, sent));
  const relayPort = await listen(relay, address);
  const socket: TLSSocket = tlsConnect({ host: address, port: relayPort, rejectUnauthorized: false });
  await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
  socket.destroy();
  relay.close();
  server.close();
  return Buffer.concat(sent);
}

function relayTo(to: { address: string; port: number }, client: Socket, sent: Buffer[]): void {
  const upstream = connect({ host: to.address, port: to.port });
  for (const one of [client, upstream]) one.on("error", () => {});
  upstream.on("data", (data) => {
    sent.push(data);
    client.write(data);
  });
  client.on("data", (data) => upstream.write(data));
  client.on("close", () => upstream.destroy());
}

/** Starts several peers of one kind. */
export function peers(many: number, credentials?: Credentials, alpn?: string[]): Promise<Peer[]> {
  return Promise.all(Array.from({ length: many }, () => startPeer(credentials, alpn)));
}

/** Lends each peer to one case at a time, and closes them at the end. */
export async function withPeers(
  all: Peer[],
  run: (take: <T>(use: (peer: Peer) => Promise<T>) => Promise<T>) => Promise<void>,
): Promise<void> {
  const free = [...all];
  const limit = pLimit(all.length);
  try {
    await run((use) =>
      limit(async () => {
        const peer = free.pop();
        if (peer === undefined) throw new Error("no peer is free");
        try {
          return await use(peer);
        } finally {
          free.push(peer);
        }
      }),
    );
  } finally {
    await Promise.all(all.map((peer) => peer.close()));
  }
}
