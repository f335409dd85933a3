import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import type { Language } from "../config.ts";
import { readResults } from "../results/read.ts";
import { readStatus } from "../status/read.ts";
import { LANGUAGES, STYLE, statusPage } from "./page.ts";

export type StatusPage = { port: number; close: () => void };

/** Results shown are chosen from this many measurements. */
const RESULTS = 300;
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/**
 * Serves the page on 127.0.0.1 only. Answers GET and HEAD whose Host names this computer itself: a foreign site that
 * points its name at 127.0.0.1 (DNS rebinding) is refused. No visit is logged. Throws `try_later` when the port is taken.
 */
export async function serveStatusPage(folder: string, port: number, language: Language): Promise<StatusPage> {
  const server = createServer({ maxHeaderSize: 8192, requestTimeout: 10_000 }, (request, response) => {
    send(response, replyTo(folder, language, request));
  });
  server.maxConnections = 16;
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (cause) {
    if (errorCode(cause) !== "EADDRINUSE" && errorCode(cause) !== "EACCES") throw cause;
    throw new CodedError(
      "try_later",
      `Port ${port} of this computer is taken by another program. Choose another: --page PORT`,
      { cause },
    );
  }
  server.unref();
  // A listening TCP server always has an AddressInfo.
  const bound = server.address() as AddressInfo;
  return {
    port: bound.port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Reply = { status: number; type: "text/plain" | "text/css" | "text/html"; text: string };

const plain = (status: number, text: string): Reply => ({ status, type: "text/plain", text: `${text}\n` });

function replyTo(folder: string, language: Language, { headers, method, url, socket }: IncomingMessage): Reply {
  const names = [`127.0.0.1:${socket.localPort}`, `localhost:${socket.localPort}`];
  if (!names.includes(headers.host ?? "")) return plain(421, "This page is for this computer only.");
  if (method !== "GET" && method !== "HEAD") return plain(405, "Only GET and HEAD.");
  const path = (url ?? "/").split("?")[0];
  if (path === "/style.css") return { status: 200, type: "text/css", text: STYLE };
  const spoken = path === "/" ? language : LANGUAGES.find((one) => path === `/${one}`);
  if (spoken === undefined) return plain(404, "There is no such page.");
  try {
    const text = statusPage(readStatus(folder), readResults(folder, RESULTS), spoken, Date.now());
    return { status: 200, type: "text/html", text };
  } catch (error) {
    return plain(500, error instanceof CodedError ? error.message : "This cannot be read now.");
  }
}

function send(response: ServerResponse, { status, type, text }: Reply): void {
  const length = Buffer.byteLength(text);
  const allow = status === 405 ? { allow: "GET, HEAD" } : {};
  response.writeHead(status, {
    ...HEADERS,
    ...allow,
    "content-type": `${type}; charset=utf-8`,
    "content-length": length,
  });
  // Node leaves the body out of the answer to HEAD.
  response.end(text);
}
