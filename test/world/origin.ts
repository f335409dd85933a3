import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { Socket } from "node:net";
import type { Credentials } from "./authority.ts";
import { listen, type Running } from "./places.ts";

/** What a web server answers with. */
export type Answer =
  | { status?: number; headers?: Readonly<Record<string, string>>; body?: string | Buffer }
  /** Sends the headers and the first bytes, then one byte in a while, for ever. */
  | { drip: string; everyMs: number }
  /** Headers that promise more than comes, then an orderly close. */
  | "cut-short"
  /** Takes the request and never answers. */
  | "silence"
  /** A real RST in place of an answer. */
  | "reset"
  /** Bytes that are not HTTP. */
  | "garbage";

/** What is asked of a web server. */
export type Asked = { host: string; path: string; method: string };

/** A web server; `asked` is everything it was asked, in order. */
export type Origin = Running & { asked: Asked[] };

/** A web server on one address: HTTPS with the credentials given, plain HTTP without. */
export async function startOrigin(
  place: { address: string; port?: number },
  answer: (asked: Asked) => Answer,
  credentials: Credentials | null = null,
): Promise<Origin> {
  const asked: Asked[] = [];
  const open = new Set<Socket>();
  const handle = (incoming: IncomingMessage, response: ServerResponse) => {
    const one = { host: incoming.headers.host ?? "", path: incoming.url ?? "", method: incoming.method ?? "" };
    asked.push(one);
    send(response, answer(one));
  };
  const server = credentials ? createHttps(credentials, handle) : createHttp(handle);
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    socket.on("error", () => {});
  });
  server.on("tlsClientError", () => {});
  const port = await listen(server, place.address, place.port);
  const close = async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: place.address, port, asked, close };
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === "silence") return;
  if (answer === "reset") {
    // Over TLS the HTTP layer holds the TLS socket, which cannot send a RST; the one under it can.
    rawSocket(response.socket)?.resetAndDestroy();
    return;
  }
  if (answer === "garbage") {
    response.socket?.end("THIS IS NOT HTTP\r\n\r\n");
    return;
  }
  if (answer === "cut-short") {
    response.writeHead(200, { "content-length": "1000" });
    response.write("only this");
    setTimeout(() => response.socket?.end(), 20);
    return;
  }
  if ("drip" in answer) {
    drip(response, answer);
    return;
  }
  const { status = 200, headers = {}, body = page("Test page") } = answer;
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
  response.end(body);
}

function drip(response: ServerResponse, { drip: text, everyMs }: { drip: string; everyMs: number }): void {
  response.writeHead(200, { "content-type": "text/html" });
  response.write(text);
  const timer = setInterval(() => response.write("."), everyMs);
  response.on("close", () => clearInterval(timer));
}

function rawSocket(socket: Socket | null): Socket | null {
  if (socket !== null && "_parent" in socket && socket._parent instanceof Object && "resetAndDestroy" in socket._parent)
    // TLSSocket keeps the socket it wraps in `_parent` (not in the types).
    return socket._parent as Socket;
  return socket;
}

/** A small HTML page. */
export function page(title: string, text = "Hello."): string {
  return `<!doctype html><html><head><title>${title}</title></head><body><p>${text}</p></body></html>`;
}
