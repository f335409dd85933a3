import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../../dashboards/translate.ts";
import { runs } from "../requires.ts";
import { CHROMIUM, fixturePaths, serveFixtures, startBrowser } from "./browser.ts";

const WIDTHS = [320, 768, 1440] as const;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let site: Awaited<ReturnType<typeof serveFixtures>>;
let browser: Browser;

type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] };

/** What axe finds wrong with the page that is open. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`,
  );
}

/** Opens a page and gathers what must not happen: foreign requests, errors, refused resources. */
async function open(page: Page, path: string, faults: string[]): Promise<void> {
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(site.origin)) faults.push(`foreign: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() !== 200) faults.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(`${site.origin}${path}`);
}

describe.runIf(runs(CHROMIUM !== null))("in a real browser", () => {
  beforeAll(async () => {
    site = await serveFixtures();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  it.each(LANGUAGES)("no page in %s scrolls sideways, and none asks anybody else for anything", async (language) => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    for (const path of fixturePaths(language)) {
      const faults: string[] = [];
      page.removeAllListeners();
      await open(page, path, faults);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
        expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(width);
      }
      expect(faults, path).toEqual([]);
    }
    await page.close();
  });

  const RICH = /manyIncidents|cityCut|collectorGap/;
  describe.each([
    ["light", 320, "kk", /./],
    ["dark", 1440, "ru", /./],
    ["dark", 320, "en", RICH],
    ["light", 1440, "en", RICH],
    ["light", 768, "ru", RICH],
  ] as const)("%s at %i px in %s", (colorScheme, width, language, chosen) => {
    it("pages pass axe's WCAG 2.2 AA rules", async () => {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
      const paths = [...fixturePaths(language), `/nowhere/at-all/${language}`].filter((path) => chosen.test(path));
      for (const path of paths) {
        await page.goto(`${site.origin}${path}`);
        expect(await violationsOf(page), path).toEqual([]);
      }
      await page.close();
    });
  });

  it("the page reads whole without script: sentence, map, table and chart are there", async () => {
    const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
    await page.goto(`${site.origin}/now/cityCut/en`);
    expect(await page.locator("h1").textContent()).toMatch(/^Now: the internet is cut off in Almaty/);
    expect(await page.locator(".tile").count()).toBe(20);
    await page.goto(`${site.origin}/timeline/cityCut/en`);
    expect(await page.locator("svg.coverage").isVisible()).toBe(true);
    expect(await page.locator("#events-table").isVisible()).toBe(true);
    await page.goto(`${site.origin}/i/cityCut/en`);
    expect(await page.locator("#causes-table").isVisible()).toBe(true);
    await page.goto(`${site.origin}/i/published/en`);
    for (const part of ["#versions-table", "#statements-table", ".evidence a", "#remedies", ".scales", "svg.qr"])
      expect(await page.locator(part).first().isVisible(), part).toBe(true);
    await page.goto(`${site.origin}/target/blocked/en`);
    expect(await page.locator("svg.days").count()).toBe(3);
    expect(await page.locator("#days-table").isVisible()).toBe(false);
    await page.click("details summary");
    expect(await page.locator("#days-table").isVisible()).toBe(true);
    await page.close();
  });

  it("everything that can be pressed is at least 24 px high or stands in a line of text", async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    for (const path of [
      "/timeline/cityCut/en",
      "/i/cityCut/ru",
      "/i/published/kk",
      "/legal/some/ru",
      "/targets/all/kk",
      "/target/blocked/en",
    ]) {
      await page.goto(`${site.origin}${path}`);
      const low = await page.evaluate<string[]>(
        `[...document.querySelectorAll("nav a, button, select, input, summary, .presets a, .links a")]
          .filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)`,
      );
      expect(low, path).toEqual([]);
    }
    await page.close();
  });

  it("the keyboard reaches the content first, then every link in reading order", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/timeline/quiet/en`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.id")).toBe("filter-region");
    await page.close();
  });

  it("the filter is a plain form whose answer is an address", async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/timeline/quiet/en`);
    await page.selectOption("#filter-region", "KZ-71");
    await page.click("form.filter button");
    expect(page.url()).toBe(
      `${site.origin}/en/timeline?region=KZ-71&asn=&from=2022-01-04T12%3A00%3A00Z&to=2022-01-06T12%3A00%3A00Z`,
    );
    await page.close();
  });
});
