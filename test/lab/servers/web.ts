import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createSecureContext, type SecureContext } from "node:tls";
import type { Credential, ServerConfig, SiteAnswer } from "./config.ts";
import type { Answerer } from "./dns.ts";

const MAX_QUESTION_BYTES = 4096;
/** Filler that gives every page the size of a small front page. */
const PARAGRAPHS = 40;
/** What every site serves at /large, for measurements of speed. */
const LARGE_PATH = "/large";
const LARGE_BYTES = 128 * 1024;
/** Subscribers of the country; everybody else is abroad. */
const INSIDE = /^192\.0\.2\./;

/** Tells how a site is to answer now, if not with its page. */
export type Mood = (name: string) => SiteAnswer | undefined;

/** Serves a set of web sites on their addresses, ports 80 and 443, and DNS over HTTPS on its own. */
export async function serveWeb(config: ServerConfig, answer: Answerer, mood: Mood): Promise<void> {
  const contexts = contextsOf(config.credentials);
  const pages = new Map(config.sites.map(({ name, title }) => [name, pageOf(name, title)]));
  const sitePage = pageListener(pages, mood);
  for (const { name, addresses } of config.sites)
    for (const address of addresses) {
      await listen(createHttpServer(sitePage), 80, address);
      await listen(createHttpsServer(tlsOptions(contexts, config.credentials[name]), sitePage), 443, address);
    }
  for (const address of config.doh)
    await listen(
      createHttpsServer(tlsOptions(contexts, config.credentials[address]), dohListener(answer)),
      443,
      address,
    );
}

/** The context of each name, with the site's own certificate for a name that is not served there. */
function tlsOptions(contexts: ReadonlyMap<string, SecureContext>, own: Credential | undefined) {
  return {
    ...(own === undefined ? {} : { cert: own.certificate, key: own.key }),
    SNICallback: (name: string, done: (error: Error | null, context?: SecureContext) => void) =>
      done(null, contexts.get(name.toLowerCase())),
  };
}

function contextsOf(credentials: ServerConfig["credentials"]): Map<string, SecureContext> {
  return new Map(
    Object.entries(credentials).map(([name, { certificate, key }]) => [
      name,
      createSecureContext({ cert: certificate, key }),
    ]),
  );
}

function pageOf(name: string, title: string): string {
  const text = Array.from({ length: PARAGRAPHS }, (_, index) => `<p>${name}: paragraph ${index + 1} of a page.</p>`);
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body>\n${text.join("\n")}\n</body></html>\n`;
}

function pageListener(pages: ReadonlyMap<string, string>, mood: Mood): RequestListener {
  return (request, response) => {
    const name = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    const answer = mood(name);
    if (answer !== undefined && (answer.to === "everybody" || INSIDE.test(request.socket.remoteAddress ?? ""))) {
      response.writeHead(answer.status, { "content-type": "text/html; charset=utf-8", ...answer.headers });
      response.end(`<!doctype html><title>${answer.title}</title><body>${answer.body}</body>\n`);
      return;
    }
    const page = request.url === LARGE_PATH && pages.has(name) ? Buffer.alloc(LARGE_BYTES, "x") : pages.get(name);
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(page ?? "<!doctype html><title>Not found</title>");
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
