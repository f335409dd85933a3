import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packZip } from "../../../collector/evidence/zip.ts";
import { rawZip } from "../../collector/evidence/raw-zip.ts";
import { makeScene, type Scene } from "../../collector/evidence/scene.ts";
import { startCollector } from "../../collector/test-collector.ts";
import {
  type Bundle,
  CONTROLS,
  changeEntry,
  MEASURED,
  part,
  put,
  resigned,
  text,
  without,
} from "../../collector/verify/edits.ts";
import { strangerOf } from "../../collector/verify/stranger.ts";
import { runs } from "../../requires.ts";
import { CHROMIUM, startBrowser } from "../browser.ts";

const PAGE = fileURLToPath(new URL("../../../dist/collector/verify/verify-offline.html", import.meta.url));
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SUMS = {
  kk: ["Тексеруге болатынның бәрінде қате жоқ.", "Бұл өзгертілген немесе толық емес. Бұған сенбеңіз."],
  ru: ["Во всём, что можно было проверить, ошибок нет.", "Это было изменено или неполно. Не полагайтесь на это."],
  en: ["Nothing that could be checked is wrong.", "This was changed, or is not whole. Do not rely on it."],
} as const;
const LANGUAGES = ["kk", "ru", "en"] as const;

let scene: Scene;
let originals: Bundle;
let open: Bundle;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let asked: string[];
let faults: string[];

describe.runIf(runs(CHROMIUM !== null))("the verifier page from a file, without a network, in a real browser", () => {
  beforeAll(async () => {
    scene = await makeScene({ witnessed: true });
    originals = await scene.bundle("--originals");
    open = await scene.bundle();
    browser = await startBrowser();
    context = await browser.newContext({ offline: true });
    page = await context.newPage();
    asked = [];
    faults = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => faults.push(message.text()));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    scene?.remove();
  });

  /** Opens the page anew and checks a zip; gives what it says of each check. */
  async function checked(
    zip: Uint8Array,
    { language = "en", key = scene.key, more = {} as Record<string, string> } = {},
  ) {
    await page.goto("about:blank");
    await page.goto(`${pathToFileURL(PAGE).href}#${language}`);
    await page
      .locator("#bundle")
      .setInputFiles({ name: "KZ.zip", mimeType: "application/zip", buffer: Buffer.from(zip) });
    await page.locator("#key").fill(key);
    if (Object.keys(more).length > 0) await page.locator("summary").first().click();
    for (const [id, value] of Object.entries(more)) await page.locator(`#${id}`).fill(value);
    await page.locator("#check").click();
    await page.locator(".sum.holds, .sum.fails").waitFor({ timeout: 50_000 });
    const sum = await page.locator(".sum").innerText();
    const states = await page
      .locator(".findings > li")
      .evaluateAll((items) =>
        items.map((item) => [item.getAttribute("data-check"), item.className, item.textContent ?? ""] as const),
      );
    const named = (state: string) => states.filter(([, one]) => one === state).map(([check]) => check);
    return {
      sum,
      fails: named("fails"),
      unjudged: named("unjudged"),
      holds: named("holds"),
      text: states.map(([, , said]) => said).join("\n"),
    };
  }

  test("an archive is not accused of being no bundle: it is said what checks it", async () => {
    await page.goto("about:blank");
    await page.goto(`${pathToFileURL(PAGE).href}#en`);
    const archive = {
      name: "archive.ndjson.gz",
      mimeType: "application/gzip",
      buffer: Buffer.from([0x1f, 0x8b, 8, 0]),
    };
    await page.locator("#bundle").setInputFiles(archive);
    await page.locator("#check").click();
    await page.locator("#status", { hasText: "kuager verify" }).waitFor();
    expect(await page.locator(".sum.fails, .sum.holds").count()).toBe(0);
  });

  test.each(LANGUAGES)("an untouched bundle holds, judged again too, in %s", async (language) => {
    const found = await checked(packZip(originals), {
      language,
      more: { kept: scene.head, policy: scene.others?.policy ?? "" },
    });
    expect(found.sum).toBe(SUMS[language][0]);
    expect(found.fails).toEqual([]);
    // PDFs are held against the signed list; stamps are for openssl.
    expect([...found.unjudged].sort()).toEqual(["calendar", "stamp"]);
    expect(found.holds).toEqual(
      expect.arrayContaining([
        "signature",
        "key",
        "derived",
        "keptHead",
        "witnesses",
        "inclusion",
        "entries",
        "replay",
        "verdicts",
      ]),
    );
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
  });

  test("the same bundle is judged as 'kuager verify' judges it", async () => {
    const file = join(scene.folder, "same.zip");
    execFileSync("sh", ["-c", `cat > ${file}`], { input: packZip(open) });
    const kuager = fileURLToPath(new URL("../../../dist/bin/kuager.js", import.meta.url));
    const said = execFileSync(process.execPath, [kuager, "verify", file, "--key", scene.key, "--json"], {
      encoding: "utf8",
    });
    const { findings } = JSON.parse(said) as { findings: { check: string; state: string }[] };
    const found = await checked(packZip(open));
    const here = new Map([
      ...found.fails.map((check) => [check, "fails"] as const),
      ...found.unjudged.map((check) => [check, "unjudged"] as const),
      ...found.holds.map((check) => [check, "holds"] as const),
    ]);
    for (const { check, state } of findings) expect(here.get(check), check).toBe(state);
  });

  const TAMPERED: readonly [string, string, (files: Bundle) => Bundle | Uint8Array][] = [
    ["a file edited", "files", (files) => put(files, "data/errata.md", "nothing")],
    ["a PDF exchanged", "files", (files) => put(files, "data/report.ru.pdf", files.get("data/report.kk.pdf") ?? "")],
    [
      "a number in a report edited, and signed anew",
      "derived",
      (files) =>
        resigned(
          put(files, "data/report.en.html", text(files, "data/report.en.html").replace("<h1>", "<h1>5 ")),
          scene.identity,
        ),
    ],
    [
      "a record edited, and signed anew",
      "entries",
      (files) =>
        resigned(
          changeEntry(files, (entry) => {
            part(entry, "body").durationMs = 1;
          }),
          scene.identity,
        ),
    ],
    [
      "a control edited, and signed anew",
      "inclusion",
      (files) =>
        resigned(
          changeEntry(
            files,
            (entry) => {
              part(entry, "body").durationMs = 1;
            },
            CONTROLS,
          ),
          scene.identity,
        ),
    ],
    ["records that cannot be unpacked", "places", (files) => resigned(put(files, MEASURED, "no gzip"), scene.identity)],
    ["signed by a stranger under the log's name", "key", (files) => resigned(files, strangerOf(scene.identity.origin))],
    ["a signature taken away", "signature", (files) => without(files, "manifest.sig")],
    ["a page put in", "layout", (files) => resigned(put(files, "README.html", "<script>1</script>"), scene.identity)],
    ["a zip that leads out of its folder", "form", () => rawZip([{ name: "../../x", data: Buffer.from("x") }])],
    ["a zip bomb", "form", () => rawZip([{ name: "x", data: Buffer.alloc(1 << 20), size: 10 }])],
    ["no zip at all", "form", () => Buffer.from("hello")],
  ];

  test.each(TAMPERED)("%s is told to be wrong: %s", async (_, check, change) => {
    const changed = change(originals);
    const found = await checked(changed instanceof Map ? packZip(changed) : (changed as Uint8Array));
    expect(found.sum).toBe(SUMS.en[1]);
    expect(found.fails).toContain(check);
  });

  test.each([
    { language: "kk" as const, says: "оның мазмұндамасы жоқ" },
    { language: "ru" as const, says: "его оглавления нет" },
    { language: "en" as const, says: "its directory is missing" },
  ])("what is wrong with a zip is told in $language", async ({ language, says }) => {
    const found = await checked(packZip(originals).slice(0, 1000), { language });
    expect(found.text).toContain(says);
  });

  test("what a bundle brings is shown as text, never run or followed", async () => {
    const evil = '<img src=x onerror="document.title=1">';
    const found = await checked(packZip(put(originals, `data/${evil}.txt`, "x")));
    expect(found.text).toContain("<img");
    expect(await page.locator("main img, main a").count()).toBe(0);
    expect(await page.title()).toContain("Kuager");
  });

  test("without a key nobody is told whose bundle it is, and what is no key is said to be none", async () => {
    expect((await checked(packZip(open), { key: "" })).unjudged).toContain("key");
    await page.locator("#key").fill("nonsense");
    await page.locator("#check").click();
    await page.getByText("The key is none.").waitFor();
  });

  test.each(LANGUAGES)("axe finds nothing in %s, before and after, at any width", async (language) => {
    const clean = async () => {
      await page.evaluate(axe.source);
      const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
        `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then((result) => result.violations)`,
      );
      expect(found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual([]);
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        page.viewportSize()?.width ?? 0,
      );
    };
    for (const width of [320, 1200]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto("about:blank");
      await page.goto(`${pathToFileURL(PAGE).href}#${language}`);
      await page.addStyleTag({ content: "" }).catch(() => undefined);
      await clean();
      await checked(packZip(put(originals, "data/errata.md", "x")), { language });
      await clean();
    }
  });

  test("another language keeps what was typed, and is reached by the keyboard alone", async () => {
    await page.goto("about:blank");
    await page.goto(`${pathToFileURL(PAGE).href}#en`);
    await page.locator("#key").fill("kept");
    await page.locator("#to-kk").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("h1").innerText()).toBe("Желісіз тексеру");
    expect(await page.locator("#key").inputValue()).toBe("kept");
    expect(await page.evaluate<string>("document.activeElement?.id ?? ''")).toBe("to-kk");
  });

  test("asked nobody for anything all the while, and had no fault", () => {
    expect(
      asked.filter((url) => !url.startsWith("file://") && !url.startsWith("blob:") && url !== "about:blank"),
    ).toEqual([]);
    expect(faults.filter((fault) => !/Content Security Policy|addStyleTag/.test(fault))).toEqual([]);
  });
});

describe("the verifier page", () => {
  test("is one file without links to others, whose own script and style alone may run", () => {
    const html = readFileSync(PAGE, "utf8");
    const outer = html.replace(/<script>[\s\S]*<\/script>/, "").replace(/<style>[\s\S]*<\/style>/, "");
    expect(outer).not.toMatch(/\ssrc=|\shref=|url\(/i);
    expect(html).toMatch(/default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; worker-src blob:/);
    expect(html.length).toBeLessThan(800_000);
  });

  test("is served under a policy that lets its own script run", async () => {
    const collector = await startCollector();
    const answer = await fetch(`${collector.url}/verify-offline.html`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toMatch(/script-src 'sha256-/);
    expect(await answer.text()).toBe(readFileSync(PAGE, "utf8"));
    await collector.close();
  });
});
