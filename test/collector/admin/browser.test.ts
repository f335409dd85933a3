import { writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Entrance } from "../../../collector/admin/accounts.ts";
import { CHROMIUM, startBrowser } from "../../dashboards/browser.ts";
import { runs } from "../../requires.ts";
import type { TestCollector } from "../test-collector.ts";
import { accountIn, codeOf, signedIn } from "./desk.ts";
import { filledCollector } from "./filled.ts";

const SCREENS = ["", "/incidents", "/incidents/KZ-2026-0001", "/incidents/three", "/events", "/events/edit"].concat(
  [
    "/events/edit?event=nasty",
    "/reports",
    "/reports/edit?report=nasty",
    "/statements",
    "/statements/edit",
    "/legal",
    "/probes",
    "/alerts",
  ],
  ["/outside", "/settings", "/accounts", "/audit", "/account", "/nowhere"],
);
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const CSV = `id,kind,sanctioned,place,title,start,end,precision,source
e1,rally,unknown,Almaty,A rally,2026-03-01,,day,https://example.org/
e2,rally,unknown,Nowhere,Wrong,2026-03-01,,day,https://example.org/
`;

let collector: TestCollector;
let browser: Browser;
let chief: Entrance;
let origin = "";
let cookie = "";

async function signedInContext(options: Parameters<Browser["newContext"]>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, domain: "localhost", path: "/admin", secure: true, sameSite: "Strict" }]);
  return context;
}

/** Opens a page and gathers what must not happen. */
async function watched(page: Page, faults: string[]): Promise<void> {
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("404")) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) faults.push(`foreign: ${request.url()}`);
  });
}

type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] };
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`,
  );
}

describe.runIf(runs(CHROMIUM !== null))("the administration in a real browser", () => {
  beforeAll(async () => {
    [collector, browser] = [await filledCollector(), await startBrowser()];
    chief = await accountIn(collector, "chief", "operator");
    origin = `http://localhost:${collector.adminPort}`;
    cookie = (await signedIn(collector, chief)).cookie();
  });
  afterAll(async () => {
    await browser.close();
    await collector.close();
  });

  test.each([
    ["kk", 320, "light"],
    ["ru", 320, "dark"],
    ["en", 768, "light"],
    ["kk", 1440, "dark"],
    ["ru", 1440, "light"],
    ["en", 1440, "dark"],
  ] as const)(
    "every screen in %s at %i px, %s: no fault, no foreign request, no sideways scroll, axe clean",
    async (language, width, colorScheme) => {
      const context = await signedInContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const faults: string[] = [];
      await watched(page, faults);
      for (const path of SCREENS) {
        await page.goto(`${origin}/admin/${language}${path}`);
        expect(await page.locator("html").getAttribute("lang")).toBe(language);
        expect(await page.evaluate<number>("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(width);
        expect(await violationsOf(page), path).toEqual([]);
      }
      expect(faults).toEqual([]);
      await context.close();
      const stranger = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      await stranger.goto(`${origin}/admin/${language}/sign-in`);
      expect(await violationsOf(stranger)).toEqual([]);
      await stranger.close();
    },
    120_000,
  );

  test("every page of the administration can be reached from its head on a phone", async () => {
    const context = await signedInContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${origin}/admin/kk`);
    const links = await page.locator(".masthead .pages a").all();
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect(await link.isVisible(), await link.innerText()).toBe(true);
    await context.close();
  });

  test("no nasty text becomes markup on any screen", async () => {
    const context = await signedInContext();
    const page = await context.newPage();
    page.on("dialog", () => {
      throw new Error("a script ran");
    });
    for (const path of SCREENS) {
      await page.goto(`${origin}/admin/en${path}`);
      const scripts = await page.evaluate<string[]>(
        "[...document.scripts].map((one) => one.getAttribute('src') ?? 'inline')",
      );
      expect(
        scripts.filter((src) => src !== "/assets/passkey.js"),
        path,
      ).toEqual([]);
    }
    await context.close();
  });

  test("everything but passkeys works without script", async () => {
    const account = await accountIn(collector, "quiet", "operator");
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/admin/en/sign-in`);
    expect(await page.locator("#passkey-none").isVisible()).toBe(true);
    await page.fill("#f-name", account.name);
    await page.fill("#f-password", account.password);
    await page.fill("#f-code", codeOf(account));
    await page.click(".sign-in button");
    expect(page.url()).toBe(`${origin}/admin/en`);

    await page.goto(`${origin}/admin/en/probes`);
    await page.selectOption("#f-region", "KZ-75");
    await page.click("text=Make an invitation");
    expect(await page.locator(".code").textContent()).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    expect(await page.locator("svg.qr path").getAttribute("d")).toMatch(/^M/);

    await page.goto(`${origin}/admin/en/probes`);
    await page.locator("form.in-row button", { hasText: "Revoke" }).first().click();
    expect(await page.locator("h1").textContent()).toBe("Are you sure?");
    await page.click("text=Revoke the probe");
    expect(await page.locator(".notice.done").textContent()).toContain("Revoked");

    const file = join(collector.folder, "events.csv");
    writeFileSync(file, CSV);
    await page.goto(`${origin}/admin/en/events`);
    await page.click("summary");
    await page.setInputFiles("#import-file", file);
    await page.click("text=Look at it");
    expect(await page.locator(".dek").textContent()).toContain("1 event read as own; 1 row refused");
    expect(await page.locator(".banner").textContent()).toContain("marked as late");
    await page.click("text=Take 1 event in");
    await page.goto(`${origin}/admin/en/events?from=2026-02-01&to=2026-03-31`);
    const row = page.locator("tr", { hasText: "A rally" });
    expect(await row.textContent()).toContain("entered late");
    expect(await row.textContent()).toContain("quiet");

    await page.goto(`${origin}/admin/en/incidents/three`);
    await page.locator("form", { hasText: "Publishes what" }).locator("button").click();
    expect(page.url()).toMatch(/\/admin\/en\/incidents\/KZ-2026-\d{4}\?done=reviewed$/);

    await page.goto(`${origin}/admin/en/settings`);
    await page.fill("#f-enough", "5");
    await page.click("main form button");
    expect(await page.locator("main").textContent()).toContain("from 5 probes on");
    await page.fill("#f-enough", "3");
    await page.click("main form button");
    await page.click("text=Publish more");
    expect(await page.locator("main").textContent()).toContain("from 3 probes on");

    await page.click("text=Sign out");
    expect(page.url()).toBe(`${origin}/admin/en/sign-in`);
    await page.goto(`${origin}/admin/en/audit`);
    expect(page.url()).toBe(`${origin}/admin/en/sign-in`);
    await context.close();
  });

  test("a passkey is added, signs in alone, and lets nobody in once it is removed", async () => {
    const account = await accountIn(collector, "keyed", "reviewer");
    const context = await browser.newContext();
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    await page.goto(`${origin}/admin/ru/sign-in`);
    await page.fill("#f-name", account.name);
    await page.fill("#f-password", account.password);
    await page.fill("#f-code", codeOf(account));
    await page.click(".sign-in form button");
    await page.goto(`${origin}/admin/ru/account`);
    await page.fill("#passkey-label", "stick");
    await page.click("#passkey-add");
    await page.waitForURL(/done=passkey/);
    expect(await page.locator("main").textContent()).toContain("stick");
    await page.click(".sign-out button");

    await page.click("#passkey-sign-in");
    await page.waitForURL(`${origin}/admin/ru`);
    expect(await page.locator(".tagline").textContent()).toContain("keyed");

    await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await page.click(".sign-out button");
    await page.click("#passkey-sign-in");
    await page.locator("#passkey-says:not(:empty)").waitFor();
    expect(page.url()).toBe(`${origin}/admin/ru/sign-in`);
    await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
    await page.click("#passkey-sign-in");
    await page.waitForURL(`${origin}/admin/ru`);

    await page.goto(`${origin}/admin/ru/account`);
    await page.click("#passkeys ~ ul button.danger");
    await page.click("main button.danger");
    await page.waitForURL(/done=removed/);
    await page.click(".sign-out button");
    await page.click("#passkey-sign-in");
    await page.locator("#passkey-says:not(:empty)").waitFor();
    expect(page.url()).toBe(`${origin}/admin/ru/sign-in`);
    await context.close();
  });
});
