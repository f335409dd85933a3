import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";
import { createServer as createTls, type TLSSocket } from "node:tls";
import type { Credentials } from "./authority.ts";
import { listen, type Running } from "./places.ts";

/** What an HTTP/2 server answers with. */
export type H2Answer =
  | { status?: number; headers?: Readonly<Record<string, string>>; body?: string | Buffer }
  /** Takes the request and never answers. */
  | "silence"
  /** Gives the stream up (RST_STREAM). */
  | "refuse-stream"
  /** A real RST of the connection. */
  | "reset"
  /** Headers and the first bytes, then an orderly close of the connection. */
  | "cut-short";

/** A request as it arrived: its HTTP version, authority and path. */
export type H2Asked = { version: string; host: string; path: string };

export type H2Origin = Running & { asked: H2Asked[] };

/** An HTTPS server that offers HTTP/2 and HTTP/1.1. */
export async function startH2Origin(
  place: { address: string; port?: number },
  answer: (asked: H2Asked) => H2Answer,
  credentials: Credentials,
): Promise<H2Origin> {
  const asked: H2Asked[] = [];
  const server = createSecureServer({ ...credentials, allowHTTP1: true }, (incoming, response) => {
    const host = incoming.authority ?? incoming.headers.host ?? "";
    const one = { version: incoming.httpVersion, host, path: incoming.url };
    asked.push(one);
    send(incoming, response, answer(one));
  });
  server.on("sessionError", () => {});
  server.on("tlsClientError", () => {});
  const open = track(server);
  server.on("request", (incoming: Http2ServerRequest) => incoming.stream?.on("error", () => {}));
  const port = await listen(server, place.address, place.port);
  const close = () => end(server, open);
  return { address: place.address, port, asked, close };

  function send(incoming: Http2ServerRequest, response: Http2ServerResponse, what: H2Answer): void {
    if (what === "silence") return;
    if (what === "refuse-stream") {
      response.stream?.close(7);
      return;
    }
    if (what === "reset") {
      for (const socket of open) socket.resetAndDestroy();
      return;
    }
    if (what === "cut-short") {
      response.writeHead(200, { "content-type": "text/html" });
      response.write("only this");
      setTimeout(() => incoming.stream.session?.socket.destroySoon(), 20);
      return;
    }
    const { status = 200, headers = {}, body = "" } = what;
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(body);
  }
}

/** A server that agrees on HTTP/2 and then speaks something else; by HTTP/1.1 it is in order. */
export async function startBrokenH2(
  place: { address: string; port?: number },
  page: string,
  credentials: Credentials,
): Promise<Running> {
  const server = createTls({ ...credentials, ALPNProtocols: ["h2", "http/1.1"] }, (socket: TLSSocket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      if (socket.alpnProtocol === "h2") socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
      else socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(page)}\r\n\r\n${page}`);
    });
  });
  server.on("tlsClientError", () => {});
  const open = track(server);
  const port = await listen(server, place.address, place.port);
  return { address: place.address, port, close: () => end(server, open) };
}

type AnyServer = ReturnType<typeof createTls>;

function track(server: AnyServer): Set<Socket> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

async function end(server: AnyServer, open: ReadonlySet<Socket>): Promise<void> {
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}
