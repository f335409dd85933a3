import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { runs } from "../../requires.ts";
import { CHROMIUM, type Fixtures, serveFixtures, startBrowser } from "../browser.ts";

/** A browser and a server of the fixture pages, for the tests of one file. */
export type InBrowser = {
  readonly site: Fixtures;
  /** A page of its own; it is closed with the browser. */
  page: (options?: BrowserContextOptions) => Promise<Page>;
};

/** Tests in a real browser; left out where there is none, and a failure in CI. */
export function inBrowser(title: string, define: (parts: () => InBrowser) => void): void {
  let site: Fixtures;
  let browser: Browser;
  describe.runIf(runs(CHROMIUM !== null))(title, () => {
    beforeAll(async () => {
      [site, browser] = await Promise.all([serveFixtures(), startBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.close();
    });
    define(() => ({ site, page: async (options = {}) => (await browser.newContext(options)).newPage() }));
  });
}

/** Gathers what must not happen on a page: foreign requests, errors, refused resources. */
export function watchFaults(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:"))
      faults.push(`foreign: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() !== 200) faults.push(`${response.status()}: ${response.url()}`);
  });
  return faults;
}
