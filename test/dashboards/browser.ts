import { existsSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import type { Language } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { EVERY_PAGE } from "./every-page.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
  "--disable-background-networking --disable-component-update --disable-sync".split(" "),
);

/** The strict policy under which the pages are served. */
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'";

/** Path of a Chromium on this machine, or null where there is none. */
export const CHROMIUM = PLACES.find((place) => existsSync(place)) ?? null;

/** Paths of every fixture page in one language. */
export function fixturePaths(language: Language): string[] {
  return [...EVERY_PAGE.keys()].map((name) => `/${name}/${language}`);
}

/** One situation of each page that has several: the one that shows most. */
const RICHEST =
  /^(?:text\/|now\/manyIncidents|timeline\/cityCut|i\/cityCut|incidents\/all|targets\/all|target\/blocked|places\/(?:regions|networks)$|place\/(?:cut|network)|matrix\/sites|events\/all|fleet\/usual|explore\/share)/;

/** Paths of every page in one language, each in one situation. */
export function richPaths(language: Language): string[] {
  return [...EVERY_PAGE.keys()].filter((name) => RICHEST.test(name)).map((name) => `/${name}/${language}`);
}

function pageOf(url: string): string {
  const { pathname, searchParams } = new URL(url, "http://fixture");
  const [, kind = "", name = "", language] = pathname.split("/");
  const spoken = (["kk", "ru", "en"] as const).find((one) => one === language) ?? "en";
  const page = EVERY_PAGE.get(`${kind}/${name}`)?.(spoken) ?? pages.notFound(spoken);
  return searchParams.get("lite") === "1" ? pages.lite(page) : page;
}

/** A server of the fixture pages on loopback, packed as the collector packs them; `say` tells open pages of a change. */
export async function serveFixtures() {
  const listening = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    response.setHeader("content-security-policy", POLICY);
    if (path === "/api/v1/live") {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(": open\n\n");
      listening.add(response);
      response.on("close", () => listening.delete(response));
      return;
    }
    const asset = path.startsWith("/assets/") ? pages.assets.get(path.slice("/assets/".length)) : undefined;
    response.setHeader("content-type", asset?.type ?? "text/html; charset=utf-8");
    response.setHeader("content-encoding", "gzip");
    response.end(gzipSync(asset?.body ?? pageOf(path)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A listening TCP server always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  const say = (event: string) => {
    for (const response of listening) response.write(`event: ${event}\ndata: {}\n\n`);
  };
  return { origin: `http://127.0.0.1:${port}`, listening, say, close };
}

export type Fixtures = Awaited<ReturnType<typeof serveFixtures>>;

/** Starts Chromium. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? "", args: FLAGS });
}
