import { expect, it } from "vitest";
import { LANGUAGES } from "../../../dashboards/translate.ts";
import { fixturePaths, richPaths } from "../browser.ts";
import { inBrowser, watchFaults } from "./in-browser.ts";

const WIDTHS = [320, 768, 1440] as const;
const CASES = LANGUAGES.flatMap((language) => [true, false].map((script) => [language, script] as const));

inBrowser("in a real browser", (parts) => {
  it.each(CASES)(
    "no page in %s (scripts: %s) scrolls sideways, none has an error, none asks anybody else for anything",
    async (language, script) => {
      const { site, page: open } = parts();
      const page = await open({ javaScriptEnabled: script });
      const faults = watchFaults(page, site.origin);
      for (const path of script ? richPaths(language) : fixturePaths(language)) {
        await page.goto(`${site.origin}${path}`);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
          expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(width);
        }
        expect(faults, path).toEqual([]);
      }
      await page.close();
    },
    180_000,
  );

  it("no mark of a drawing is cut off at the edge of the box it stands in", async () => {
    const { site, page: open } = parts();
    const page = await open();
    await page.goto(`${site.origin}/timeline/cityCut/en`);
    const kept = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.plot svg[overflow="visible"]')].map((one) => getComputedStyle(one).overflow)`,
    );
    expect(new Set(kept)).toEqual(new Set(["visible"]));
    await page.context().close();
  });

  it("everything that can be pressed is at least 24 px high or stands in a line of text", async () => {
    const { site, page: open } = parts();
    const page = await open({ viewport: { width: 320, height: 800 } });
    for (const path of richPaths("ru")) {
      await page.goto(`${site.origin}${path}`);
      const low = await page.evaluate<string[]>(
        `[...document.querySelectorAll("nav a, button, select, input:not([type=hidden]), summary, .presets a, .links a, .tile, .matrix td > a")]
          .filter((one) => one.getBoundingClientRect().height < 24 && one.getClientRects().length > 0).map((one) => one.outerHTML)`,
      );
      expect(low, path).toEqual([]);
    }
    await page.close();
  });
});
