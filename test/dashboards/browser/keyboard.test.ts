import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { inBrowser } from "./in-browser.ts";

/** What has the focus: its name as told, else its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    `(() => { const one = document.activeElement; return (one.getAttribute("aria-label") ?? one.id ?? "") || one.textContent.trim(); })()`,
  );
}

/** Presses Tab until something of that name has the focus, and gives all names on the way. */
async function tabTo(page: Page, name: RegExp, most = 120): Promise<string[]> {
  const passed: string[] = [];
  for (let count = 0; count < most; count++) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    passed.push(now);
    if (name.test(now)) return passed;
  }
  throw new Error(`${name} was not reached: ${passed.join(" | ")}`);
}

inBrowser("with a keyboard alone", (parts) => {
  it("the content comes first, then every field of the timeline in reading order", async () => {
    const { site, page: open } = parts();
    const page = await open();
    await page.goto(`${site.origin}/timeline/quiet/en`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.keyboard.press("Enter");
    const passed = await tabTo(page, /^Show$/);
    const fields = passed.filter((name, index) => name !== passed[index - 1]);
    expect(fields).toEqual(["filter-region", "filter-asn", "filter-from", "filter-to", "filter-events", "Show"]);
  });

  it("numbered marks of events and letters of incidents are links that lead to their rows, and can be seen", async () => {
    const { site, page: open } = parts();
    const page = await open();
    await page.goto(`${site.origin}/timeline/cityCut/en`);
    await tabTo(page, /^1: Rally on the main square/);
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatch(/^2: State of emergency/);
    await tabTo(page, /^A: orda\.kz/);
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatch(/^B: Almaty/);
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).toBe("#incident-KZ-2022-0001");
    expect(await page.locator("tr:target").textContent()).toContain("the internet was cut off");
    await page.goto(`${site.origin}/timeline/cityCut/en`);
    await tabTo(page, /^1: Rally/);
    await page.keyboard.press("Enter");
    expect(await page.locator("tr:target").textContent()).toContain("Rally on the main square");
  });

  it("the table of the timeline opens and closes", async () => {
    const { site, page: open } = parts();
    const page = await open();
    await page.goto(`${site.origin}/timeline/cityCut/en`);
    expect(await page.locator("#steps-table").isVisible()).toBe(false);
    await tabTo(page, /^Show as a table$/);
    await page.keyboard.press("Enter");
    expect(await page.locator("#steps-table").isVisible()).toBe(true);
    await page.keyboard.press("Enter");
    expect(await page.locator("#steps-table").isVisible()).toBe(false);
  });

  it("the matrix goes cell by cell in reading order, each a link to its timeline", async () => {
    const { site, page: open } = parts();
    const page = await open();
    await page.goto(`${site.origin}/matrix/connected/en`);
    await tabTo(page, /^Almaty$/);
    const row: string[] = [];
    for (let cell = 0; cell < 4; cell++) {
      await page.keyboard.press("Tab");
      row.push((await focused(page)).replace(/\s+/g, " "));
    }
    expect(row).toEqual(
      ["– 0 of 6", "✓ 5 of 5", "✓ 4 of 4", "✓ 3 of 3"].map((text) => expect.stringContaining(text.slice(2))),
    );
    const href = await page.evaluate<string>("document.activeElement.getAttribute('href')");
    expect(href).toMatch(/^\/en\/timeline\?region=KZ-75&asn=48503&from=2026-11-21T06:40:00Z&to=2026-11-22T06:40:00Z$/);
  });

  it("steps through time and the order of the matrix are links", async () => {
    const { site, page: open } = parts();
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/matrix/connected/en`);
    expect(await page.locator('a[rel="prev"]').last().getAttribute("href")).toBe("/en/matrix?at=2026-11-21T18:35:00Z");
    expect(await page.getByText("gravest first").getAttribute("href")).toBe(
      "/en/matrix?at=2026-11-21T18:40:00Z&sort=worst",
    );
  });
});

inBrowser("a form without script", (parts) => {
  it("of the timeline answers with an address that holds place and time", async () => {
    const { site, page: open } = parts();
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/timeline/quiet/en`);
    await page.selectOption("#filter-region", "KZ-71");
    await page.click("form.filter button");
    expect(page.url()).toBe(
      `${site.origin}/en/timeline?region=KZ-71&asn=&from=2022-01-04T18%3A00&to=2022-01-06T18%3A00&events=`,
    );
  });
});
