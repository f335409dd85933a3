import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { LANGUAGES } from "../../../dashboards/translate.ts";
import { fixturePaths } from "../browser.ts";
import { inBrowser } from "./in-browser.ts";

/**
 * Does to every drawing what Tor Browser does at its safest level: the elements stay, in a namespace that is drawn by
 * nobody. It is the nearest to it that Chromium can be made to do.
 */
async function refuseDrawings(page: Page): Promise<void> {
  await page.evaluate(`for (const svg of document.querySelectorAll("body svg")) {
    const plain = (node) => {
      if (node.nodeType !== Node.ELEMENT_NODE) return node.cloneNode();
      const made = document.createElementNS("urn:refused", node.localName);
      for (const { name, value } of node.attributes) made.setAttribute(name, value);
      made.append(...[...node.childNodes].map(plain));
      return made;
    };
    if (svg.isConnected && svg.closest("svg") === svg) svg.replaceWith(plain(svg));
  }`);
}

inBrowser("at the safest level of Tor Browser", (parts) => {
  it.each(LANGUAGES)(
    "without scripts and drawings every page in %s still says all in words and tables",
    async (language) => {
      const { site, page: open } = parts();
      const page = await open({ javaScriptEnabled: false, viewport: { width: 1000, height: 800 } });
      for (const path of fixturePaths(language)) {
        await page.goto(`${site.origin}${path}`);
        await refuseDrawings(page);
        const heap = await page.evaluate<number>(
          `Math.max(0, ...[...document.querySelectorAll("text, title")].filter((one) => one.namespaceURI === "urn:refused")
          .map((one) => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height); }))`,
        );
        expect(heap, `${path}: words of a drawing are heaped up`).toBe(0);
        expect((await page.locator("h1").innerText()).length, path).toBeGreaterThan(2);
        expect(await page.evaluate<number>("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(1000);
      }
      await page.close();
    },
    120_000,
  );

  it("a published incident shows its versions, statements, remedies and code without script", async () => {
    const { site, page: open } = parts();
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/i/published/en`);
    for (const part of ["#versions-table", "#statements-table", ".evidence a", "#remedies", ".scales", "svg.qr"])
      expect(await page.locator(part).first().isVisible(), part).toBe(true);
    await page.close();
  });

  it("each chart has its table and its picture beside it", async () => {
    const { site, page: open } = parts();
    const page = await open({ javaScriptEnabled: false });
    for (const path of ["/timeline/cityCut/en", "/place/cut/kk", "/target/blocked/ru", "/fleet/usual/en"]) {
      await page.goto(`${site.origin}${path}`);
      await refuseDrawings(page);
      const figure = page.locator("figure.chart").first();
      await figure.locator("details:has(table) > summary").click();
      expect(await figure.locator("details table").isVisible(), path).toBe(true);
      expect(await figure.locator('a[href^="/api/v1/"]').count(), path).toBeGreaterThan(0);
      expect(await figure.locator('a[type="image/png"]').count(), path).toBe(1);
    }
    for (const path of ["/matrix/connected/en", "/places/regions/en"]) {
      await page.goto(`${site.origin}${path}`);
      expect(await page.locator('a[type="image/png"]').count(), path).toBe(1);
      expect(await page.locator("table").count(), path).toBeGreaterThan(0);
    }
    await page.close();
  });
});
