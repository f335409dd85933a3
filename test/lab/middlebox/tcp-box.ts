import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, TLSSocket, connect as tlsConnect } from "node:tls";
import { serverName } from "./client-hello.ts";
import type { Answer, Box } from "./orders.ts";

/** Fatal alert `access_denied` in a record of its own (RFC 8446 section 6). */
const ALERT = Buffer.from([21, 3, 3, 0, 2, 2, 49]);

/** Something that listens until closed. */
export type Closable = { close: () => void };

type TlsFilter = Extract<Box, { box: "tls-filter" }>;
type HttpFilter = Extract<Box, { box: "http-filter" }>;
type Page = Extract<Box, { box: "page" }>;

/** A filter that reads ClientHello. */
export function listenTlsFilter(box: TlsFilter): Promise<Closable> {
  return listen(
    createServer((client) =>
      onFirst(client, (segment) => {
        if (serverName(segment)?.toLowerCase() === box.name) interruptTls(client, segment, box);
        else passOn(client, segment, box.upstream);
      }),
    ),
    box.port,
  );
}

/** A filter that reads the head of a request in clear. */
export function listenHttpFilter({ port, host, does, upstream }: HttpFilter): Promise<Closable> {
  return listen(
    createServer((client) =>
      onFirst(client, (segment) => {
        const asked = /^host: *([^\r\n:]+)/im.exec(segment.toString("latin1"))?.[1]?.toLowerCase();
        if (host !== null && asked !== host) passOn(client, segment, upstream);
        else if (typeof does === "string") end(client, does);
        else client.end(answerText(does));
      }),
    ),
    port,
  );
}

/** A server of the filter's own. */
export function listenPage({ address, port, credential, answer }: Page): Promise<Closable> {
  const serve = (client: Socket) => onFirst(client, () => client.end(answerText(answer)));
  if (credential === null) return listen(createServer(serve), port, address);
  const tls = { cert: credential.certificate, key: credential.key, ALPNProtocols: ["http/1.1"] };
  return listen(createTlsServer(tls, serve), port, address);
}

function interruptTls(client: Socket, segment: Buffer, { does, name, upstream }: TlsFilter): void {
  if (does === "alert") client.end(ALERT);
  else if (typeof does === "string") end(client, does);
  else {
    client.pause();
    client.unshift(segment);
    const tls = { cert: does.certificate, key: does.key, ALPNProtocols: ["http/1.1"] };
    const shown = new TLSSocket(client, { isServer: true, ...tls });
    // It reads along: what it passes on, it has seen in clear.
    const beyond = tlsConnect({ ...upstream, host: upstream.ip, servername: name, rejectUnauthorized: false });
    join(shown, beyond);
  }
}

function end(client: Socket, how: "reset" | "fin" | "silence"): void {
  if (how === "reset") client.resetAndDestroy();
  else if (how === "fin") client.end();
  else client.pause();
}

function passOn(client: Socket, segment: Buffer, upstream: { ip: string; port: number }): void {
  const beyond = connect(upstream.port, upstream.ip);
  beyond.write(segment);
  join(client, beyond);
}

function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroySoon());
    from.pipe(to);
  }
}

function answerText({ status, headers, body }: Answer): string {
  const all = {
    "content-type": "text/html; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Filtered\r\n${lines.join("")}connection: close\r\n\r\n${body}`;
}

function onFirst(client: Socket, take: (segment: Buffer) => void): void {
  client.on("error", () => {});
  client.once("data", (segment) => take(Buffer.isBuffer(segment) ? segment : Buffer.from(segment)));
}

async function listen(server: Server, port: number, address = "0.0.0.0"): Promise<Closable> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  server.on("tlsClientError", () => {});
  server.listen(port, address);
  await once(server, "listening");
  return {
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
