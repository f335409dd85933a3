import { writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Facts } from "../../../../collector/evidence/facts.ts";
import { reportHtml } from "../../../../collector/evidence/report/html.ts";
import { CHROMIUM, startBrowser } from "../../../dashboards/browser.ts";
import { runs } from "../../../requires.ts";
import { fullFacts } from "../full-facts.ts";
import { makeScene, type Scene } from "../scene.ts";

const LANGUAGES = ["kk", "ru", "en"] as const;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let scene: Scene;
let browser: Browser;
const place = (name: string) => join(scene.folder, `${name}.html`);

describe.runIf(runs(CHROMIUM !== null))("a report in a real browser", () => {
  beforeAll(async () => {
    scene = await makeScene();
    const files = await scene.bundle();
    const facts = Facts.parse(JSON.parse(files.get("data/incident.json")?.toString("utf8") ?? ""));
    for (const language of LANGUAGES) {
      writeFileSync(place(`plain-${language}`), reportHtml(facts, language));
      writeFileSync(place(`full-${language}`), reportHtml(fullFacts(facts), language));
    }
    browser = await startBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    scene.remove();
  });

  const all = LANGUAGES.flatMap((language) => [`plain-${language}`, `full-${language}`]);

  test.each(all)("%s: axe finds nothing, at any width", async (name) => {
    const page = await browser.newPage();
    for (const width of [320, 1200]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`file://${place(name)}`);
      await page.evaluate(axe.source);
      const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
        `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then((result) => result.violations)`,
      );
      expect(found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual([]);
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
    await page.close();
  });

  test.each(all)("%s: every text of its chart lies in the chart", async (name) => {
    const page = await browser.newPage();
    await page.goto(`file://${place(name)}`);
    const outside = await page.evaluate<string[]>(
      `[...document.querySelectorAll("figure svg text")].filter((text) => {
        const { x, y, width, height } = text.getBBox();
        const { width: right, height: bottom } = text.ownerSVGElement.viewBox.baseVal;
        return x < 0 || y < 0 || x + width > right || y + height > bottom;
      }).map((text) => text.textContent)`,
    );
    expect(await page.locator("figure svg text").count()).toBeGreaterThan(5);
    expect(outside).toEqual([]);
    await page.close();
  });

  test.each(all)("%s opens without script and without network, and asks nobody for anything", async (name) => {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`file://${place(name)}`);
    expect(asked).toEqual([`file://${place(name)}`]);
    expect(await page.locator("h1").isVisible()).toBe(true);
    expect(await page.locator("figure svg").isVisible()).toBe(true);
    expect((await page.locator("section").count()) > 10).toBe(true);
    await context.close();
  });
});
