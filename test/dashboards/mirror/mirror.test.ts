import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runMirror } from "../../../collector/commands/mirror-command.ts";
import { pages } from "../../../dashboards/pages.ts";
import type { TestCollector } from "../../collector/test-collector.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { runs } from "../../requires.ts";
import { CHROMIUM, startBrowser } from "../browser.ts";
import { startWorld } from "../walk/world.ts";

const START_MS = 420_000;
const WALK_MS = 240_000;
const SITE = "https://kuager.example.org";
const BASE = "https://copy.example.org/kuager";
const PAGES = ["index.html", "kk/index.html", "ru/timeline.html", "en/i/KZ-2022-0001.html", "en/matrix.html"];
const MORE = ["kk/regions/KZ-75.html", "ru/targets/orda.kz.html", "en/embed/i/KZ-2022-0001.html", "en/explore.html"];

const folder = temporaryFolder();
const copy = join(folder.path, "copy");
let world: TestCollector;
let made: { files: number; unchanged: number; noRoom: number; logSize: number | null };

/** The command as it is run, over the records of a collector that serves meanwhile. */
async function mirror(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    ...{ ask: async () => null, env: {}, signal: new AbortController().signal },
  };
  const code = await runMirror(words, io, pages);
  return { code, out: out.join(""), err: err.join("") };
}

const make = (dir: string, ...more: string[]) =>
  mirror(dir, "--data", world.folder, "--targets", join(folder.path, "few"), "--public-url", SITE, "--json", ...more);

beforeAll(async () => {
  world = await startWorld();
  fewTargets(join(folder.path, "few"));
  made = JSON.parse((await make(copy, "--base", BASE)).out);
}, START_MS);
afterAll(async () => {
  await world.close();
  folder.remove();
});

/** Four of the sites, so that the copy is small. */
function fewTargets(dir: string): void {
  const data = fileURLToPath(new URL("../../../targets/data/targets.ndjson", import.meta.url));
  const wanted = /^\{"id": ?"(?:orda\.kz|azattyq\.org|vlast\.kz|facebook\.com)"/;
  const rows = readFileSync(data, "utf8")
    .split("\n")
    .filter((line) => wanted.test(line));
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "targets.ndjson"), `${rows.join("\n")}\n`);
}

function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)));
}

const read = (file: string) => readFileSync(join(copy, file), "utf8");
const pagesOf = () => filesOf(copy).filter((file) => file.endsWith(".html") && file !== "verify-offline.html");
const linksOf = (page: string) =>
  [...page.matchAll(/<(?:a|link|img|image|script|form|iframe)\b[^>]*? (?:href|src|action)="([^"]*)"/g)].map(
    ([, link = ""]) => link.replaceAll("&amp;", "&"),
  );

/** What is wrong with a link of a page; nothing where it leads somewhere. */
function faultOf(file: string, link: string): string[] {
  if (link === "" || link.startsWith("data:") || link.startsWith("#")) return [];
  if (/^[a-z]+:|^\//.test(link)) return link.startsWith(`${BASE}/`) ? [] : [`${file}: ${link}`];
  const [path = "", place] = link.split("#");
  const to = join(dirname(join(copy, file)), decodeURIComponent(path));
  if (relative(copy, to).startsWith("..") || !existsSync(to)) return [`${file}: ${link}`];
  const isThere = place === undefined || readFileSync(to, "utf8").includes(`id="${place}"`);
  return isThere ? [] : [`${file}: ${link} has no such place`];
}

describe("a copy of the site as files", () => {
  it("holds pages of all languages, what is cited, styles, pictures, feeds and tables", () => {
    const files = new Set(filesOf(copy));
    const wanted = [
      ...PAGES,
      ...MORE,
      "i/KZ-2022-0001/v1.html",
      "kk/methodology.html",
      "assets/style.css",
      "sitemap.xml",
    ];
    expect(wanted.filter((file) => !files.has(file))).toEqual([]);
    const endings = new Set([...files].map((file) => extname(file)));
    for (const ending of [".png", ".svg", ".csv", ".json", ".atom"]) expect(endings).toContain(ending);
    expect(files.size).toBe(made.files + 2);
    console.log(`files: ${files.size}, pages: ${pagesOf().length}`);
  });

  it("has no link that leads nowhere, to a place that is not there, or out of the folder", () => {
    const faults = pagesOf().flatMap((file) => linksOf(read(file)).flatMap((link) => faultOf(file, link)));
    expect(faults).toEqual([]);
  });

  it("asks for no script and no form, and says that it is a copy", () => {
    for (const file of pagesOf()) {
      const page = read(file);
      expect(page, file).not.toMatch(/<script|<form|class="live"/);
      if (!file.includes("embed/")) expect(page, file).toContain('id="copy"');
    }
  });

  it("gives messengers and other pages whole addresses of the copy", () => {
    const page = read("en/i/KZ-2022-0001.html");
    const [, card = ""] = /og:image" content="([^"]*)"/.exec(page) ?? [];
    expect(card.startsWith(`${BASE}/card/`)).toBe(true);
    expect(existsSync(join(copy, card.slice(BASE.length + 1)))).toBe(true);
    expect(page).toContain(`iframe src=&quot;${BASE}/en/embed/i/KZ-2022-0001.html&quot;`);
  });

  it("can be checked by itself: every file, and the root of the log from its tiles", async () => {
    const checked = await mirror(copy, "--check");
    expect(checked).toMatchObject({ code: 0, err: "" });
    expect(made.logSize).toBeGreaterThan(100);
    expect(checked.out).toContain(`log of ${made.logSize} leaves`);
    expect(read("MIRROR.txt")).toContain(read("api/v1/log/checkpoint").trim());
  });

  it(
    "is not found whole when a file was changed, is missing, or was added",
    async () => {
      const harmed = join(folder.path, "harmed");
      await make(harmed, "--max-files", "40");
      writeFileSync(join(harmed, "kk/index.html"), "other");
      writeFileSync(join(harmed, "more.html"), "more");
      const checked = await mirror(harmed, "--check");
      expect(checked.code).toBe(1);
      expect(checked.err).toMatch(/kk\/index\.html was changed[\s\S]*more\.html does not belong/);
    },
    WALK_MS,
  );

  it(
    "says what found no room",
    async () => {
      const small = await make(join(folder.path, "small"), "--max-files", "30");
      expect(JSON.parse(small.out)).toMatchObject({ noRoom: expect.any(Number) });
      expect(JSON.parse(small.out).noRoom).toBeGreaterThan(10);
      expect(readFileSync(join(folder.path, "small/MIRROR.txt"), "utf8")).toContain("Left out:");
    },
    WALK_MS,
  );

  it(
    "made again over the same records leaves most files as they were",
    async () => {
      const before = statSync(join(copy, "kk/methodology.html")).ino;
      const again = JSON.parse((await make(copy, "--base", BASE)).out);
      console.log(`made again: ${again.unchanged} of ${again.files} unchanged`);
      expect(again.unchanged / again.files).toBeGreaterThan(0.5);
      expect(statSync(join(copy, "kk/methodology.html")).ino).toBe(before);
      expect((await mirror(copy, "--check")).code).toBe(0);
    },
    WALK_MS,
  );
});

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml" };

/** A server that knows nothing but files. */
async function serveFiles(dir: string) {
  const server = createServer((request, response) => {
    const file = join(dir, decodeURIComponent(new URL(request.url ?? "/", "http://files").pathname));
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    return createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A listening TCP server always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => new Promise((done) => server.close(done)) };
}

describe.runIf(runs(CHROMIUM !== null))("a reader of a copy, in a browser without script", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  async function walk(origin: string): Promise<string[]> {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1000, height: 800 } });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => faults.push(`console: ${message.text()}`));
    page.on("requestfailed", (request) => {
      // The icon may still be on its way when the next page is asked for; one that is not there is told on the console.
      if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()}`);
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith("data:"))
        faults.push(`foreign: ${request.url()}`);
    });
    for (const file of [...PAGES, ...MORE]) {
      await page.goto(`${origin}/${file}`);
      expect((await page.locator("h1").innerText()).length, file).toBeGreaterThan(2);
      const styled = await page.evaluate<string>("getComputedStyle(document.body).marginTop");
      if (styled !== "0px") faults.push(`${file}: no style`);
    }
    await context.close();
    return faults;
  }

  it("finds everything on a server of files, and asks no other host", { timeout: WALK_MS }, async () => {
    const files = await serveFiles(copy);
    expect(await walk(files.origin)).toEqual([]);
    await files.close();
  });

  it("finds everything in a folder without any server", { timeout: WALK_MS }, async () => {
    expect(await walk(pathToFileURL(copy).href)).toEqual([]);
  });

  it("goes from the first page to an incident and back by links alone", { timeout: WALK_MS }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(copy, "en/index.html")).href);
    await page.locator('nav.pages a[href="incidents.html"]').click();
    await page.locator('main a[href^="i/KZ-2022-0001"]').first().click();
    expect(await page.locator(".number").first().innerText()).toContain("KZ-2022-0001");
    await page.locator("a.brand").click();
    expect(page.url()).toBe(pathToFileURL(join(copy, "en/index.html")).href);
    await context.close();
  });
});
