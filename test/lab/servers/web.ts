import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { gzipSync } from "node:zlib";
import type { Credential, ServerConfig, SiteAnswer } from "./config.ts";
import type { Answerer } from "./dns.ts";

const MAX_QUESTION_BYTES = 4096;
/** Filler that gives every page the size of a small front page. */
const PARAGRAPHS = 40;
/**
 * What every site serves at /large, for measurements of speed: well above what tells a speed (16 KiB), and little enough
 * that what a slow line still holds when nobody reads on does not slow the measurement after it.
 */
const LARGE_PATH = "/large";
const LARGE_BYTES = 40 * 1024;
/** Subscribers of the country; everybody else is abroad. */
const INSIDE = /^(?:192\.0\.2\.|2001:db8::c000:2)/;

/** Tells how a site is to answer now, if not with its page. */
export type Mood = (name: string) => SiteAnswer | undefined;

/** Serves a set of web sites on their addresses, ports 80 and 443, and DNS over HTTPS on its own. */
export async function serveWeb(config: ServerConfig, answer: Answerer, mood: Mood): Promise<void> {
  const { sites, credentials } = config;
  const certificateOf = (name: string) => certificate(credentials[name]);
  for (const { name, title, addresses } of sites) {
    const page = pageListener(name, pageOf(name, title), mood);
    for (const address of addresses) {
      await listen(createHttpServer(page), 80, address);
      await listen(createHttpsServer(certificateOf(name), page), 443, address);
    }
  }
  for (const address of config.doh)
    await listen(createHttpsServer(certificateOf(address), dohListener(answer)), 443, address);
}

/** A server shows its own certificate, whatever name it is asked for. */
function certificate(own: Credential | undefined) {
  return own === undefined ? {} : { cert: own.certificate, key: own.key };
}

function pageOf(name: string, title: string): string {
  const text = Array.from({ length: PARAGRAPHS }, (_, index) => `<p>${name}: paragraph ${index + 1} of a page.</p>`);
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body>\n${text.join("\n")}\n</body></html>\n`;
}

/** A site's page for its own names; another name is not found there. */
function pageListener(site: string, front: string, mood: Mood): RequestListener {
  return (request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    const answer = mood(site);
    if (answer !== undefined && (answer.to === "everybody" || INSIDE.test(request.socket.remoteAddress ?? ""))) {
      const page = `<!doctype html><title>${answer.title}</title><body>${answer.body}</body>\n`;
      const isPacked = answer.gzip === true && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
      const headers = { ...answer.headers, ...(isPacked && { "content-encoding": "gzip" }) };
      response.writeHead(answer.status, { "content-type": "text/html; charset=utf-8", ...headers });
      response.end(isPacked ? gzipSync(page) : page);
      return;
    }
    const page = request.url === LARGE_PATH ? Buffer.alloc(LARGE_BYTES, "x") : front;
    const known = host === site || host === `www.${site}`;
    response.writeHead(known ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(known ? page : "<!doctype html><title>Not found</title>");
  };
}

function dohListener(answer: Answerer): RequestListener {
  return (request, response) => {
    readQuestion(request).then(
      (question) => {
        const reply = question === null ? null : answer(question);
        response.writeHead(reply === null ? 400 : 200, { "content-type": "application/dns-message" });
        response.end(reply ?? undefined);
      },
      () => response.destroy(),
    );
  };
}

async function readQuestion(request: IncomingMessage): Promise<Buffer | null> {
  const url = new URL(request.url ?? "/", "https://doh.invalid");
  if (url.pathname !== "/dns-query") return null;
  const inline = url.searchParams.get("dns");
  if (inline !== null) return Buffer.from(inline, "base64url");
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) return null;
    bytes += chunk.length;
    if (bytes > MAX_QUESTION_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function listen(server: ReturnType<typeof createHttpServer>, port: number, address: string): Promise<void> {
  server.on("clientError", (_error, socket) => void socket.destroy());
  server.listen(port, address);
  await once(server, "listening");
}
