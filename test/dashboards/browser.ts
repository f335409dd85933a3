import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium } from "playwright-core";
import type { Language } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { EVERY_PAGE } from "./every-page.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
  "--disable-background-networking --disable-component-update --disable-sync".split(" "),
);

/** The strict policy under which the pages are served. */
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'";

/** Path of a Chromium on this machine, or null where there is none. */
export const CHROMIUM = PLACES.find((place) => existsSync(place)) ?? null;

/** Paths of every fixture page in one language. */
export function fixturePaths(language: Language): string[] {
  return [...EVERY_PAGE.keys()].map((name) => `/${name}/${language}`);
}

function pageOf(path: string): string {
  const [, kind = "", name = "", language] = path.split("/");
  const spoken = (["kk", "ru", "en"] as const).find((one) => one === language) ?? "en";
  return EVERY_PAGE.get(`${kind}/${name}`)?.(spoken) ?? pages.notFound(spoken);
}

/** A server of the fixture pages on loopback. */
export async function serveFixtures(): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const asset = path.startsWith("/assets/") ? pages.assets.get(path.slice("/assets/".length)) : undefined;
    response.setHeader("content-security-policy", POLICY);
    response.setHeader("content-type", asset?.type ?? "text/html; charset=utf-8");
    response.end(asset?.body ?? pageOf(path));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A listening TCP server always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return { origin: `http://127.0.0.1:${port}`, close };
}

/** Starts Chromium. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? "", args: FLAGS });
}
