import { expect, it } from "vitest";
import { until } from "../../end-to-end/processes.ts";
import { inBrowser, watchFaults } from "./in-browser.ts";

inBrowser("the small scripts", (parts) => {
  it("keep the first page current, say so in its language, and can be paused", async () => {
    const { site, page: open } = parts();
    const page = await open();
    const faults = watchFaults(page, site.origin);
    await page.goto(`${site.origin}/now/cityCut/kk`);
    await page.getByText("Бет өзі жаңарып тұрады.").waitFor();
    await until("the page listens", async () => site.listening.size === 1);
    await page.evaluate(`document.querySelector("h1").textContent = "old"`);
    site.say("opened");
    await page.getByRole("heading", { level: 1, name: "Алматы" }).waitFor();
    await page.getByText(/\d\d:\d\d UTC кезінде жаңарды/).waitFor();
    await page.getByRole("button", { name: "Тоқтату" }).click();
    await until("the page listens no more", async () => site.listening.size === 0);
    await page.getByText("Жаңарту тоқтатылды.").waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  it("leave the place of whoever reads inside the content with the keyboard", async () => {
    const { site, page: open } = parts();
    const page = await open();
    await page.goto(`${site.origin}/now/cityCut/en`);
    await until("the page listens", async () => site.listening.size === 1);
    await page.locator("#open-table").waitFor({ state: "attached" });
    await page.locator("main a").first().focus();
    await page.evaluate(`document.querySelector("h1").textContent = "old"`);
    const asked = page.waitForResponse((response) => response.url().endsWith("/now/cityCut/en"));
    site.say("opened");
    await asked;
    expect(await page.locator("h1").textContent()).toBe("old");
    await page.close();
  });

  it("draw the page to explore from its table, and move through time with links that stay addresses", async () => {
    const { site, page: open } = parts();
    const page = await open();
    const faults = watchFaults(page, site.origin);
    await page.goto(`${site.origin}/explore/presence/en`);
    await page.locator("#explore-chart canvas").waitFor();
    const closer = page.locator('a[data-zoom="closer"]');
    const href = await closer.getAttribute("href");
    expect(href).toBe("/en/explore?from=2026-11-21T00:40:00Z&to=2026-11-21T12:40:00Z");
    // The fixtures answer each address with one page; what counts is that it is asked for and told.
    await page.route("**/en/explore?**", (route) => route.continue({ url: `${site.origin}/explore/presence/en` }));
    await closer.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "Now shown: 20 November 2026" }).waitFor();
    expect(page.url()).toBe(`${site.origin}${href}`);
    expect(await page.evaluate("document.activeElement.dataset.zoom")).toBe("closer");
    expect(await page.locator("#explore-chart canvas").count()).toBe(1);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("never widen the page with a drawing that has not yet followed it to a narrow screen", async () => {
    const { site, page: open } = parts();
    const page = await open({ viewport: { width: 1440, height: 800 } });
    await page.addInitScript("ResizeObserver = class { observe() {} };");
    await page.goto(`${site.origin}/explore/share/en`);
    await page.locator("#explore-chart canvas").waitFor();
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await page.context().close();
  });

  it("store nothing on the device", async () => {
    const { site, page: open } = parts();
    for (const path of ["/now/cityCut/en", "/explore/share/en"]) {
      const page = await open();
      await page.goto(`${site.origin}${path}`);
      const kept = await page.evaluate<number[]>(
        `Promise.all([localStorage.length, sessionStorage.length, document.cookie.length, indexedDB.databases().then((all) => all.length)])`,
      );
      expect(kept, path).toEqual([0, 0, 0, 0]);
      await page.context().close();
    }
  });
});
