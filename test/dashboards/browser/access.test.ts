import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { LANGUAGES } from "../../../dashboards/translate.ts";
import { fixturePaths, richPaths } from "../browser.ts";
import { inBrowser } from "./in-browser.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

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

/**
 * Each page once a language, in English in every situation; together the languages cover narrow and wide, light and
 * dark.
 */
const LOOKS = {
  kk: { colorScheme: "light", viewport: { width: 320, height: 800 } },
  ru: { colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  en: { colorScheme: "light", viewport: { width: 1440, height: 900 } },
} as const;

inBrowser("for those who do not see, or see otherwise", (parts) => {
  it.each(LANGUAGES)(
    "every page in %s passes axe's WCAG 2.2 AA rules",
    async (language) => {
      const { site, page: open } = parts();
      const page = await open(LOOKS[language]);
      const paths = language === "en" ? fixturePaths(language) : richPaths(language);
      for (const path of [...paths, `/nowhere/at-all/${language}`]) {
        await page.goto(`${site.origin}${path}`);
        expect(await violationsOf(page), path).toEqual([]);
      }
      await page.close();
    },
    240_000,
  );

  it("rich pages do so on a dark phone as well", async () => {
    const { site, page: open } = parts();
    const page = await open({ colorScheme: "dark", viewport: { width: 320, height: 800 } });
    for (const path of fixturePaths("en").filter((one) =>
      /manyIncidents|cityCut|\/cut\/|blocked|incidents\/all/.test(one),
    )) {
      await page.goto(`${site.origin}${path}`);
      expect(await violationsOf(page), path).toEqual([]);
    }
    await page.close();
  });
});
