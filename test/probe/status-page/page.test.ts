import { request } from "node:http";
import { join } from "node:path";
import axe from "axe-core";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { type StatusPage, serveStatusPage } from "../../../probe/status-page/server.ts";
import { CHROMIUM, startBrowser } from "../../dashboards/browser.ts";
import { runs } from "../../requires.ts";
import { fakeIo, folders, linkBody, openJournal, webBody } from "../support.ts";
import { startDouble } from "../uplink/collector-double.ts";

const temporary = folders();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(temporary.clean);

const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets: [], anchors: [] } };

async function served(): Promise<StatusPage> {
  const double = await startDouble({ publicKey: "", config });
  const data = join(temporary.make(), "probe");
  await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--data", data], fakeIo().io);
  const { journal } = openJournal(data);
  journal.append({ kind: "link", body: linkBody() }, { urgent: true });
  journal.append({ kind: "web", body: webBody("a.test<script>") }, { urgent: true });
  const page = await serveStatusPage(data, 0, "ru");
  ends.push(page.close, () => journal.close(), double.close);
  return page;
}

type Asked = { method?: string; path?: string; host?: string };
function ask({ port }: StatusPage, { method = "GET", path = "/", host = `127.0.0.1:${port}` }: Asked = {}) {
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, method, path, headers: { host } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    asking.on("error", reject);
    asking.end();
  });
}

describe("the page on loopback", () => {
  it("says what status and results say, in the language of joining or the one asked for", async () => {
    const page = await served();
    const [own, kk, en] = await Promise.all([ask(page), ask(page, { path: "/kk" }), ask(page, { path: "/en" })]);
    expect(own.text).toContain('<html lang="ru">');
    expect(own.text).toContain("не открылся");
    expect(kk.text).toContain("ашылмады");
    expect(en.text).toContain("the internet is reachable, at home and abroad");
    expect(en.text).toContain("a.test&lt;script&gt;");
  });

  it("forbids everything but its own style, and has no script and no foreign host", async () => {
    const page = await served();
    const { headers, text } = await ask(page);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'self';/);
    expect(text).not.toMatch(/<script|https?:\/\/|onclick|style="/);
  });

  it("answers nobody who reached it under another name, and only GET and HEAD", async () => {
    const page = await served();
    const { port } = page;
    const statuses = await Promise.all(
      [
        { host: `evil.example:${port}` },
        { host: "127.0.0.1" },
        { host: `127.0.0.1:${port + 1}` },
        { method: "POST" },
        { path: "/../journal.sqlite" },
        { host: `localhost:${port}` },
        { method: "HEAD" },
      ].map(async (asked) => (await ask(page, asked)).status),
    );
    expect(statuses).toEqual([421, 421, 421, 405, 404, 200, 200]);
  });

  it("says what to do when its port is taken", async () => {
    const { port } = await served();
    await expect(serveStatusPage("/nowhere", port, "en")).rejects.toEqual(
      expect.objectContaining({ code: "try_later", message: expect.stringContaining("--page PORT") }),
    );
  });

  it.runIf(runs(CHROMIUM !== null))("passes axe's WCAG 2.2 AA rules in each language, wide and narrow", async () => {
    const { port } = await served();
    const browser = await startBrowser();
    try {
      const context = await browser.newContext({ bypassCSP: true });
      const page = await context.newPage();
      for (const width of [1280, 320])
        for (const language of ["kk", "ru", "en"]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(`http://127.0.0.1:${port}/${language}`);
          await page.evaluate(axe.source);
          const tags = JSON.stringify(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
          const violations = await page.evaluate(
            `axe.run(document, { runOnly: ${tags} }).then((result) => result.violations)`,
          );
          expect([language, width, violations]).toEqual([language, width, []]);
          const isWider = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
          expect([language, width, isWider]).toEqual([language, width, false]);
        }
    } finally {
      await browser.close();
    }
  });
});
