import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GROUND_WORDS } from "../../../collector/wording/grounds/grounds.ts";
import { loadEvents } from "../../../targets/load.ts";
import type { TestCollector } from "../../collector/test-collector.ts";
import { runs } from "../../requires.ts";
import { CHROMIUM, startBrowser } from "../browser.ts";
import { textOf } from "../markup.ts";
import { linksOf, type Row, rowsAt, sectionsOf, timeOf } from "./records.ts";
import { startWorld } from "./world.ts";

const START_MS = 240_000;
const BLOCKED_THEN = "KZ-2022-0001";
const BLOCKED_LATELY = "KZ-2026-0001";
const CUT = "KZ-2026-0002";
const INCIDENTS = [BLOCKED_THEN, BLOCKED_LATELY, CUT];

let world: TestCollector;
beforeAll(async () => {
  world = await startWorld();
}, START_MS);
afterAll(() => world.close());

async function pageAt(path: string): Promise<string> {
  const response = await fetch(new URL(path, world.url));
  expect(response.status, path).toBe(200);
  return response.text();
}

describe.each(["kk", "ru"] as const)("what readers get in %s", (language) => {
  const past = "from=2016-01-01T00:00:00Z&to=2026-11-01T00:00:00Z";
  const PATHS = [
    ...INCIDENTS.map((number) => `/${language}/i/${number}`),
    `/${language}`,
    `/${language}/events`,
    `/${language}/statements`,
    `/${language}/timeline?from=2022-01-01T00:00:00Z&to=2022-01-08T00:00:00Z`,
    `/${language}/regions/KZ-75`,
    `/feeds/incidents.atom?lang=${language}`,
    `/feeds/incidents.json?lang=${language}&${past}`,
  ];

  it.each(PATHS)("%s holds no English sentence of the cause table or of our own events", async (path) => {
    const response = await fetch(new URL(path, world.url));
    const text = textOf(await response.text());
    const found = [...englishGrounds(), ...loadEvents().map(({ title }) => title)].filter((one) => text.includes(one));
    expect(found).toEqual([]);
  });

  it.each(INCIDENTS)(
    "the grounds on the page of %s are told in its language, none marked as another",
    async (number) => {
      const page = await pageAt(`/${language}/i/${number}`);
      const table = page.slice(
        page.indexOf('id="causes-table"'),
        page.indexOf("</table>", page.indexOf('id="causes-table"')),
      );
      expect(table).toMatch(/<li>[+-]?[\d.]+: \P{L}*\p{Script=Cyrillic}/u);
      expect(table).not.toContain("lang=");
    },
  );
});

/** English sentences of the cause table, as far as they hold no count. */
function englishGrounds(): string[] {
  const { plain, open } = GROUND_WORDS.en;
  return [...Object.values(plain), ...Object.values(open), "probes saw it independently", "were lost together"];
}

describe("every number on the page of an incident is two clicks from its records", () => {
  it.each([BLOCKED_THEN, BLOCKED_LATELY])("the counts of %s are those of the records it links", async (number) => {
    const page = await pageAt(`/en/i/${number}`);
    const { verdicts, measurements, own } = await recordsOf(page);
    const [incident = {}] = own;
    const edges = spansOf(incident).flatMap(({ start, end }) => [start, end]);
    const inside = verdicts.filter((row) => {
      const at = timeOf(row, "measuredAt");
      return row.code === incident.method && at >= Math.min(...edges) && at <= Math.max(...edges);
    });
    const witnesses = new Set(inside.map(({ probe }) => probe));
    expect(textOf(page)).toContain(`${witnesses.size} probes, ${inside.length} measurements`);
    const known = new Set(measurements.map(({ id }) => id));
    expect(inside.filter(({ measurement }) => !known.has(measurement))).toEqual([]);
  });

  it.each(INCIDENTS)("each time on the page of %s stands beside a record", async (number) => {
    const { own, verdicts, presence } = await recordsOf(await pageAt(`/en/i/${number}`));
    const times = [...verdicts, ...presence].flatMap((row) => [timeOf(row, "measuredAt"), timeOf(row, "from")]);
    const edges = own.flatMap(spansOf).flatMap(({ start, end }) => [start, end]);
    expect(edges.length).toBeGreaterThan(3);
    for (const edge of edges) expect(Math.min(...times.map((at) => Math.abs(at - edge) || 0))).toBeLessThan(120_000);
  });

  it("a cut links the connected probes and the measurements that failed", async () => {
    const page = await pageAt(`/en/i/${CUT}`);
    const { presence, verdicts } = await recordsOf(page);
    expect(Math.min(...presence.map(({ min }) => Number(min)))).toBe(0);
    const [, measured = ""] = /probes, (\d+) measurements/.exec(textOf(page)) ?? [];
    const failed = verdicts.filter(({ code }) => code === "offline");
    expect(failed.length).toBeGreaterThanOrEqual(Number(measured));
  });

  it.each(INCIDENTS)("each part of %s that tells numbers leads on to records, in each language", async (number) => {
    for (const language of ["kk", "ru", "en"]) {
      const page = await pageAt(`/${language}/i/${number}`);
      const sections = sectionsOf(page);
      const behind = linksOf(sections.get("records") ?? "");
      for (const [id, part] of sections) {
        if (!/\d/.test(textOf(part))) continue;
        const links = [...linksOf(part), ...behind].filter((href) => href.startsWith("/"));
        expect(links.length, `${language} ${id}`).toBeGreaterThan(0);
        const answers = await Promise.all(links.map(async (href) => (await fetch(new URL(href, world.url))).status));
        expect(answers, `${language} ${id} ${links}`).toEqual(links.map(() => 200));
      }
      expect(linksOf(page)).toContain("#records");
    }
  });

  it("the drawing of who watched leads to a timeline with the same records", async () => {
    const around = sectionsOf(await pageAt(`/en/i/${CUT}`)).get("around") ?? "";
    const timeline = linksOf(around).find((href) => href.startsWith("/en/timeline?")) ?? "";
    const csv = linksOf(await pageAt(timeline)).find((href) => href.startsWith("/api/v1/presence.csv?")) ?? "";
    const rows = await pageAt(csv);
    expect(rows.split("\n").length).toBeGreaterThan(20);
  });
});

async function recordsOf(page: string) {
  const links = linksOf(sectionsOf(page).get("records") ?? "");
  const rows = async (list: string): Promise<Row[]> => {
    const href = links.find((one) => one.startsWith(`/api/v1/${list}?`));
    return href === undefined ? [] : rowsAt(new URL(href, world.url).href);
  };
  const [own, verdicts, measurements, presence] = await Promise.all(
    ["incidents", "verdicts", "measurements", "presence"].map(rows),
  );
  return { own: own ?? [], verdicts: verdicts ?? [], measurements: measurements ?? [], presence: presence ?? [] };
}

type Span = { start: { earliest: string; latest: string }; end: { earliest: string; latest: string } };

/** Beginnings and ends of an incident and its parts: the last sample before and the first one after. */
function spansOf(incident: Row): { start: number; end: number }[] {
  // The cast is sound: the API checks its answers against the schema of incidents.
  const { parts = [], ...own } = incident as Row & Span & { parts?: Span[] };
  return [own, ...parts].flatMap(({ start, end }) => [
    { start: Date.parse(start.earliest), end: Date.parse(end.latest) },
    { start: Date.parse(start.latest), end: Date.parse(end.earliest) },
  ]);
}

describe("no link of the site is broken", () => {
  it("every page that the first one leads to answers, and so does what they link", { timeout: 180_000 }, async () => {
    const waiting = ["/en"];
    const seen = new Set(waiting);
    const faults: string[] = [];
    while (waiting.length > 0) {
      const path = waiting.shift() ?? "";
      const response = await fetch(new URL(path, world.url));
      const text = await response.text();
      if (!response.ok) faults.push(`${response.status} ${path}`);
      if (!(response.headers.get("content-type") ?? "").startsWith("text/html")) continue;
      for (const link of linksOf(text)) {
        const next = link.split("#")[0] ?? "";
        if (!next.startsWith("/") || seen.has(next) || known(next, seen)) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
    console.log(`links followed: ${seen.size}`);
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(150);
  });
});

/** Whether enough addresses of this shape were asked for: all pages without a query, and some of each with one. */
function known(path: string, seen: ReadonlySet<string>): boolean {
  const shape = shapeOf(path);
  return [...seen].filter((one) => shapeOf(one) === shape).length >= 3;
}

function shapeOf(path: string): string {
  const { pathname, searchParams } = new URL(path, "http://site");
  const named = pathname
    .replaceAll(/KZ-\d\d(?!\d)|AS\d+|[^/]+\.(?:kz|com|org|net|info)\b/g, "*")
    .replaceAll(/\d+/g, "0");
  return `${named}?${[...searchParams.keys()].sort().join()}`;
}

describe.runIf(runs(CHROMIUM !== null))("a researcher without script", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  /** A reader at the first page, whose steps are counted: each page or file that was asked for. */
  async function reader() {
    const context = await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true });
    const page = await context.newPage();
    const from = performance.now();
    await page.goto(`${world.url}/en`);
    let steps = 0;
    const step = async (act: Promise<unknown>) => {
      steps += 1;
      await act;
    };
    const done = async (task: string) => {
      console.log(`${task}: ${steps} steps, ${Math.round(performance.now() - from)} ms`);
      await context.close();
      return steps;
    };
    return { page, step, done };
  }

  async function file(page: Page, link: string): Promise<string> {
    const href = (await page.getByRole("link", { name: link, exact: true }).first().getAttribute("href")) ?? "";
    return pageAt(href);
  }

  it("has all incidents of Kcell in Almaty in 2026 as CSV in three steps, the same as from the API in one", async () => {
    const { page, step, done } = await reader();
    await step(page.getByRole("link", { name: "Incidents", exact: true }).first().click());
    await page.getByLabel("Region").selectOption({ label: "Almaty" });
    await page.getByLabel("Network").selectOption({ label: "Kcell (AS29355)" });
    await page.getByLabel("From day").fill("2026-01-01");
    await page.getByLabel("To day").fill("2026-12-31");
    await step(page.getByRole("button", { name: "Show" }).click());
    expect(await page.locator("h1").innerText()).toContain("2 incidents");
    let rows = "";
    await step(file(page, "CSV").then((text) => (rows = text)));
    expect(await done("Kcell, Almaty, 2026")).toBeLessThanOrEqual(3);
    const lines = rows.trim().split(/\r?\n/);
    expect(lines).toHaveLength(3);
    for (const number of [BLOCKED_LATELY, CUT]) expect(rows).toContain(number);
    const asked = "region=KZ-75&asn=29355&from=2026-01-01&to=2027-01-01&limit=1000";
    expect(await pageAt(`/api/v1/incidents.csv?${asked}`)).toBe(rows);
  });

  it("learns whether and how orda.kz was blocked on 4 January 2022, takes the records, and cites it", async () => {
    const { page, step, done } = await reader();
    await step(page.getByRole("link", { name: "Sites", exact: true }).first().click());
    await step(page.getByRole("link", { name: "orda.kz", exact: true }).first().click());
    await page.getByLabel("Day (UTC)").fill("2022-01-04");
    await step(page.getByRole("button", { name: "Show" }).click());
    expect(textOf(await page.locator(".answer").innerText())).toBe(
      "orda.kz on 4 January 2022: signs of interference on Kazakhtelecom, Kcell (silence at the name).",
    );
    const raw = await file(page, "raw measurements NDJSON");
    const bodies = raw
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(bodies.length).toBeGreaterThan(800);
    expect(bodies.every(({ target, body }) => target === "orda.kz" && body.steps !== null)).toBe(true);
    await page.getByRole("link", { name: "How to cite" }).first().click();
    expect(page.url()).toBe(`${world.url}/en/i/${BLOCKED_THEN}#cite`);
    expect(await page.locator("#cite ~ * blockquote, #cite + * blockquote").first().innerText()).toContain(
      `/i/${BLOCKED_THEN}/v1`,
    );
    expect(await done("orda.kz on 4 January 2022")).toBeLessThanOrEqual(3);
  });

  it("has the same from the API in one request each", async () => {
    const day = "target=orda.kz&from=2022-01-04&to=2022-01-05";
    const [incident] = await rowsAt(`${world.url}/api/v1/incidents?${day}`);
    expect(incident).toMatchObject({ number: BLOCKED_THEN, kind: "block", method: "tls_drop" });
    expect(await rowsAt(`${world.url}/api/v1/measurements?${day}`)).not.toEqual([]);
    const { cite, incidents } = JSON.parse(await pageAt(`/api/v1/incidents?id=${BLOCKED_THEN}`));
    const { pathname, search } = new URL(cite, world.url);
    expect(JSON.parse(await pageAt(`${pathname}${search}`))).toMatchObject({ cite, incidents });
  });
});
