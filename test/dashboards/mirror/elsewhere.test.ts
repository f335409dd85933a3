import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestCollector } from "../../collector/test-collector.ts";
import { runs } from "../../requires.ts";
import { CHROMIUM, startBrowser } from "../browser.ts";
import { startWorld } from "../walk/world.ts";

const START_MS = 300_000;
const CARD_BYTES = 80_000;
const INCIDENT = "KZ-2022-0001";
const VIEWS = ["now", "timeline", "matrix", "regions/KZ-75", "networks/AS9198", "targets/orda.kz", `i/${INCIDENT}`];
const LANGUAGES = ["kk", "ru", "en"] as const;

let world: TestCollector;
beforeAll(async () => {
  world = await startWorld();
}, START_MS);
afterAll(() => world.close());

const at = (path: string) => fetch(`${world.url}${path}`);

describe("charts for other pages", () => {
  it("are frames without script that anybody may show, in each language", async () => {
    for (const language of LANGUAGES)
      for (const view of VIEWS) {
        const answer = await at(`/${language}/embed/${view}`);
        const page = await answer.text();
        expect(answer.status, view).toBe(200);
        expect(answer.headers.get("content-security-policy")).toMatch(/frame-ancestors \*$/);
        expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
        expect(answer.headers.get("x-frame-options")).toBeNull();
        expect(page).toContain(`<html lang="${language}">`);
        expect(page).not.toContain("<script");
        for (const part of ["<h1>", 'class="period"', "UTC", 'class="qr"', "CC BY 4.0", `href="${world.url}`])
          expect(page, `${view}: ${part}`).toContain(part);
      }
  });

  it("name the permanent address and number of an incident", async () => {
    const page = await (await at(`/en/embed/i/${INCIDENT}`)).text();
    expect(page).toMatch(new RegExp(`${INCIDENT} · version \\d+`));
    expect(page).toMatch(new RegExp(`href="${world.url}/i/${INCIDENT}/v\\d+"`));
  });

  it("are drawings and pictures as well, which other sites may load", async () => {
    for (const view of VIEWS) {
      const chart = view === "now" ? "map" : view;
      const svg = await at(`/chart/${chart}.svg?lang=ru`);
      expect(svg.headers.get("content-type")).toContain("image/svg+xml");
      expect(svg.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
      expect(svg.headers.get("content-security-policy")).toMatch(/style-src 'sha256-[^']+'/);
      expect(await svg.text()).toContain(world.url);
      const png = await at(`/chart/${chart}.png?lang=ru`);
      expect(
        Buffer.from(await png.arrayBuffer())
          .subarray(1, 4)
          .toString("latin1"),
      ).toBe("PNG");
    }
  });

  it("of nothing are not there", async () => {
    const gone = [
      "/embed/i/nothing",
      "/embed/other",
      "/embed/regions/KZ-75/more",
      "/chart/i/nothing.png",
      "/card/matrix.png",
    ];
    for (const path of gone) expect((await at(path)).status, path).toBe(404);
  });

  it("leave every other page to itself", async () => {
    for (const path of ["/en", `/en/i/${INCIDENT}`, "/en/matrix"])
      expect((await at(path)).headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});

describe("pictures that messengers show", () => {
  it("are named by the page with its own words and no other host", async () => {
    for (const path of [
      "/kk",
      `/ru/i/${INCIDENT}`,
      "/en/regions/KZ-75",
      "/kk/networks/AS9198",
      "/ru/targets/orda.kz",
    ]) {
      const page = await (await at(path)).text();
      const [, card = ""] = /<meta property="og:image" content="([^"]*)">/.exec(page) ?? [];
      expect(card.startsWith(`${world.url}/card/`), path).toBe(true);
      expect(page).toMatch(/<meta property="og:title" content="[^"]{5,}">/);
      expect(page).toMatch(/<meta property="og:description" content="[^"]{20,}">/);
      const png = Buffer.from(await (await fetch(card)).arrayBuffer());
      expect([png.readUInt32BE(16), png.readUInt32BE(20)], path).toEqual([1200, 630]);
      expect(png.length, path).toBeLessThanOrEqual(CARD_BYTES);
      console.log(`${path}: ${png.length} bytes`);
    }
  });
});

describe.runIf(runs(CHROMIUM !== null))("in the page of somebody else", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it("the code that a page offers shows its chart, at 320 pixels too; a page itself is refused", async () => {
    const code = await (async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
      await page.goto(`${world.url}/en/regions/KZ-75`);
      return page.locator("details.share textarea").first().inputValue();
    })();
    const foreign = createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<!doctype html><meta charset=utf-8>${code}<iframe id="whole" src="${world.url}/en"></iframe>`);
    });
    await new Promise<void>((done) => foreign.listen(0, "localhost", done));
    // A listening TCP server always has an AddressInfo.
    const { port } = foreign.address() as AddressInfo;
    const page = await (await browser.newContext({ viewport: { width: 336, height: 800 } })).newPage();
    await page.goto(`http://localhost:${port}/`);
    const shown = page.frameLocator("iframe").first();
    expect((await shown.locator("h1").innerText()).length).toBeGreaterThan(5);
    const frame = page.frames().find((one) => one.url().includes("/embed/"));
    expect(await frame?.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    // The browser shows a page of its own there.
    expect(await page.frameLocator("#whole").locator("nav.pages").count()).toBe(0);
    await page.close();
    await new Promise((done) => foreign.close(done));
  }, 120_000);
});
