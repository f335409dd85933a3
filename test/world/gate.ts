import { connect, createServer, type Socket } from "node:net";
import { serverName } from "./client-hello.ts";
import { listen, type Running } from "./places.ts";

/** What a censor does with a connection once it has seen the name. */
export type GateAct =
  | "pass"
  /** A real RST. */
  | "reset"
  /** Swallows everything from here on and keeps the connection open. */
  | "silence"
  /** An orderly close. */
  | "fin"
  /** A fatal TLS alert (unrecognized_name), then an orderly close. */
  | "alert"
  /** A plain HTTP answer in the server's stead, then an orderly close. */
  | { status: number; body: string; headers?: Readonly<Record<string, string>> }
  /** The connection goes to another server. */
  | { to: { address: string; port: number } };

/** What a censor sees: the server name of a ClientHello or the Host of a request, whichever came. */
export type Seen = { sni: string | null; host: string | null; path: string | null };

export type GateOptions = {
  /** Where connections that pass go. */
  upstream: { address: string; port: number };
  decide: (seen: Seen) => GateAct;
  /** Whether it puts segments together; without that a ClientHello in two segments passes unread. */
  reassembles?: boolean;
};

/** A censor in front of a server, on a port and address of its own. */
export type Gate = Running & { seen: Seen[] };

/** Starts a censor that reads the first bytes of each connection, decides, and acts at TCP level. */
export async function startGate(place: { address: string; port?: number }, options: GateOptions): Promise<Gate> {
  const open = new Set<Socket>();
  const seen: Seen[] = [];
  const server = createServer({ pauseOnConnect: false }, (client) => {
    track(open, client);
    let first = Buffer.alloc(0);
    const look = (chunk: Buffer) => {
      first = Buffer.concat([first, chunk]);
      const now = read(first);
      if (now === "incomplete" && options.reassembles) return;
      client.off("data", look);
      client.pause();
      const what = now === "incomplete" ? { sni: null, host: null, path: null } : now;
      seen.push(what);
      act(client, options.decide(what), first, options.upstream, open);
    };
    client.on("data", look);
  });
  const port = await listen(server, place.address, place.port);
  const close = async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: place.address, port, seen, close };
}

function act(
  client: Socket,
  decision: GateAct,
  first: Buffer,
  upstream: GateOptions["upstream"],
  open: Set<Socket>,
): void {
  if (decision === "pass") forward(client, first, upstream, open);
  else if (decision === "silence") client.resume();
  else if (decision === "reset") client.resetAndDestroy();
  else if (decision === "fin") client.end();
  // Alert record: fatal (2), unrecognized_name (112).
  else if (decision === "alert") client.end(Buffer.from([21, 3, 3, 0, 2, 2, 112]));
  else if ("to" in decision) forward(client, first, decision.to, open);
  else client.end(httpAnswer(decision));
}

function httpAnswer(decision: Extract<GateAct, { status: number }>): string {
  const headers = { "content-type": "text/html; charset=utf-8", connection: "close", ...decision.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = Buffer.byteLength(decision.body);
  return `HTTP/1.1 ${decision.status} Blocked\r\n${lines.join("")}content-length: ${length}\r\n\r\n${decision.body}`;
}

function forward(client: Socket, first: Buffer, to: { address: string; port: number }, open: Set<Socket>): void {
  const server = connect({ host: to.address, port: to.port });
  track(open, server);
  server.write(first);
  client.pipe(server);
  server.pipe(client);
  client.once("close", () => server.destroy());
  server.once("close", () => client.destroy());
}

function track(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.once("close", () => open.delete(socket));
}

function read(data: Buffer): Seen | "incomplete" {
  const sni = serverName(data);
  if (sni === "incomplete") return "incomplete";
  if (data[0] === 22) return { sni, host: null, path: null };
  const text = data.toString("latin1");
  if (!text.includes("\r\n\r\n")) return "incomplete";
  const host = /^host:\s*([^\r\n:]+)/im.exec(text)?.[1]?.toLowerCase() ?? null;
  return { sni: null, host, path: /^[A-Z]+ (\S+)/.exec(text)?.[1] ?? null };
}
