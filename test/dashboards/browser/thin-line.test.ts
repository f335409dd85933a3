import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { LANGUAGES } from "../../../dashboards/translate.ts";
import { fixturePaths } from "../browser.ts";
import { inBrowser } from "./in-browser.ts";

const KIB = 1024;
/** What a first view may weigh, packed, with all it asks for; the issue's own bound, well below the hard one of 150. */
const READING_KIB = 80;
const EXPLORE_KIB = 150;
const LITE_KIB = 20;

/** A page that keeps nothing from the one before, and what each view of it weighs on the line. */
async function scales(page: Page) {
  const line = await page.context().newCDPSession(page);
  await line.send("Network.setCacheDisabled", { cacheDisabled: true });
  let asked: Promise<number>[] = [];
  page.on("request", (request) => {
    // The stream of changes stays open: it has no end to wait for, and says nothing at first.
    if (request.url().startsWith("data:") || request.url().endsWith("/api/v1/live")) return;
    // An icon that is still on its way when the next page is asked for is given up: it weighs nothing then.
    asked.push(
      request
        .response()
        .then(async () => (await request.sizes()).responseBodySize)
        .catch(() => 0),
    );
  });
  return async (address: string): Promise<{ requests: number; kib: number }> => {
    asked = [];
    await page.goto(address);
    const sizes = await Promise.all(asked);
    return { requests: sizes.length, kib: sizes.reduce((sum, size) => sum + size, 0) / KIB };
  };
}

inBrowser("over a thin line", (parts) => {
  it.each(LANGUAGES)(
    "every page in %s weighs little and asks four times at most",
    async (language) => {
      const { site, page: open } = parts();
      let [heaviest, name] = [0, ""];
      const page = await open();
      const weigh = await scales(page);
      for (const path of fixturePaths(language)) {
        const { requests, kib } = await weigh(`${site.origin}${path}`);
        expect(requests, path).toBeLessThanOrEqual(4);
        expect(kib, path).toBeLessThanOrEqual(path.startsWith("/explore/") ? EXPLORE_KIB : READING_KIB);
        if (!path.startsWith("/explore/") && kib > heaviest) [heaviest, name] = [kib, path];
      }
      await page.context().close();
      console.log(`heaviest first view in ${language}: ${heaviest.toFixed(1)} KiB packed (${name})`);
    },
    180_000,
  );

  it.each(LANGUAGES)(
    "lite mode in %s shows tables and sentences alone, in 20 KB with all it asks for",
    async (language) => {
      const { site, page: open } = parts();
      const page = await open({ viewport: { width: 320, height: 700 } });
      const weigh = await scales(page);
      for (const path of fixturePaths(language)) {
        const { kib } = await weigh(`${site.origin}${path}?lite=1`);
        expect(kib, path).toBeLessThanOrEqual(LITE_KIB);
        expect(await page.locator("svg").count(), path).toBe(0);
        expect(await page.locator("script").count(), path).toBe(0);
        expect(await page.locator("h1").count(), path).toBe(1);
        expect(await page.evaluate<number>("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(320);
      }
      await page.context().close();
    },
    180_000,
  );

  it("lite mode stays on through links and forms", async () => {
    const { site, page: open } = parts();
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/timeline/cityCut/en?lite=1`);
    const hrefs = await page.evaluate<string[]>(
      `[...document.querySelectorAll('a[href^="/en"]')].map((one) => one.getAttribute("href"))`,
    );
    expect(hrefs.length).toBeGreaterThan(20);
    expect(hrefs.filter((href) => !/[?&]lite=1(#|$)/.test(href))).toEqual([]);
    await page.click("form button");
    expect(new URL(page.url()).searchParams.get("lite")).toBe("1");
  });
});
