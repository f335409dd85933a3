import ICAL from "ical.js";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { review } from "../../../collector/publication/review.ts";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import { CHROMIUM, startBrowser } from "../../dashboards/browser.ts";
import { runs } from "../../requires.ts";
import { at, block, MINUTE, T0 } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { atomFaults, named, readXml } from "./read-xml.ts";

const NASTY = `a&b "<c>" ]]> <script>alert(1)</script> \u202e\u0007 'd'`;
const PUBLIC = "https://kuager.example.org";
let collector: TestCollector;
let store: Store;

beforeAll(async () => {
  collector = await startCollector({ flags: { "public-url": `${PUBLIC}/` } });
  store = await openStore(collector.folder);
  const by = { reviewer: { role: "reviewer", name: "r" }, rulesVersion: "test/1" };
  const settle = (afterMs: number) =>
    settlePublication(store, { at: T0 + afterMs, rulesVersion: "test/1", settleMs: 0 });
  const orda = block("one", 0);
  const city = block("two", 60 * MINUTE, {
    ...{ kind: "shutdown", method: null, extent: "total", targets: [], asns: [], regions: ["KZ-71"] },
    ...{ confidence: "confirmed", measurements: 0, witnesses: 12 },
  });
  const unsure = block("three", 90 * MINUTE, { confidence: "observed", targets: ["vlast.kz"] });
  await store.incidents.put([orda, city, unsure], T0 + 10 * MINUTE);
  await settle(10 * MINUTE);
  await store.incidents.put([{ ...orda, confidence: "confirmed" }], T0 + 120 * MINUTE);
  await settle(120 * MINUTE);
  await store.incidents.put(
    [{ ...orda, confidence: "confirmed", end: { earliest: at(200 * MINUTE), latest: at(201 * MINUTE) } }],
    T0 + 220 * MINUTE,
  );
  await settle(220 * MINUTE);
  await review(store, { act: "note", subject: "KZ-2026-0001", note: { en: NASTY } }, { ...by, at: T0 + 300 * MINUTE });
  await review(store, { act: "publish", subject: "three" }, { ...by, at: T0 + 310 * MINUTE });
  await review(
    store,
    { act: "tombstone", subject: "KZ-2026-0002", note: { en: "Our own line was down." } },
    { ...by, at: T0 + 320 * MINUTE },
  );
});
afterAll(async () => {
  await store.close();
  await collector.close();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${collector.url}${path}`, { headers });
type Item = { id: string; url: string; title: string; content_text: string; _kuager: { version: number } };
async function items(query = ""): Promise<Item[]> {
  const answer = await get(`/feeds/incidents.json${query}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { items: Item[] }).items;
}

describe("a feed", () => {
  test("has an entry for each published version, named by its permanent address, its title beginning with how sure it is", async () => {
    expect((await items()).map(({ id, title }) => [id.slice(PUBLIC.length), title.split(":")[0]])).toEqual([
      ["/i/KZ-2026-0002/v2", "Withdrawn"],
      ["/i/KZ-2026-0001/v4", "Confirmed"],
      ["/i/KZ-2026-0001/v3", "Confirmed"],
      ["/i/KZ-2026-0001/v2", "Confirmed"],
      ["/i/KZ-2026-0002/v1", "Withdrawn"],
      ["/i/KZ-2026-0001/v1", "Probable"],
    ]);
  });

  test.each([
    ["?region=KZ-75", ["0001", "0001", "0001", "0001"]],
    ["?region=KZ-71", ["0002", "0002"]],
    ["?asn=AS29355", ["0002", "0002"]],
    ["?target=orda.kz&confidence=confirmed", ["0001", "0001", "0001"]],
    ["?kind=throttle", []],
    ["?confidence=observed&target=vlast.kz", ["0003"]],
    ["?target=vlast.kz", []],
  ])("picked by %s holds what was asked for, and nothing observed unless asked", async (query, numbers) => {
    expect((await items(query)).map(({ id }) => /KZ-2026-(\d{4})/.exec(id)?.[1])).toEqual(numbers);
  });

  test("tells earlier versions of what was withdrawn as withdrawn, changed at that moment, and why", async () => {
    const { items: found } = (await (await get("/feeds/incidents.json")).json()) as {
      items: (Item & { date_published: string; date_modified?: string })[];
    };
    const first = found.find(({ id }) => id.endsWith("0002/v1"));
    expect(first?.title).toMatch(/^Withdrawn: /);
    expect(first).toMatchObject({ date_published: at(10 * MINUTE), date_modified: at(320 * MINUTE) });
    expect(first?.content_text).toContain("Note: Our own line was down.");
    const atom = await (await get("/feeds/incidents.atom?region=KZ-71")).text();
    expect(atom.match(/<title>Withdrawn: /g)).toHaveLength(2);
    expect(atom).toContain(`<published>${at(10 * MINUTE)}</published>\n<updated>${at(320 * MINUTE)}</updated>`);
  });

  test.each(["kk", "ru", "en"])("speaks %s and leads to the page in that language", async (lang) => {
    const [entry] = await items(`?lang=${lang}`);
    expect(entry?.url).toBe(`${PUBLIC}/${lang}/i/KZ-2026-0002/v2`);
    const atom = await (await get(`/feeds/incidents.atom?lang=${lang}`)).text();
    expect(atom).toContain(`xml:lang="${lang}"`);
  });

  test("tells what changed and what a reviewer wrote", async () => {
    const found = await items();
    expect(found.find(({ id }) => id.endsWith("0001/v3"))?.content_text).toContain("What changed: end");
    expect(found.find(({ id }) => id.endsWith("0001/v4"))?.content_text).toContain("<script>alert(1)</script>");
    expect(found[0]?.content_text).toContain("Note: Our own line was down.");
  });

  test.each(["atom", "json", "ics"])("is not sent again while nothing changed (.%s)", async (format) => {
    const first = await get(`/feeds/incidents.${format}`);
    const tag = first.headers.get("etag") ?? "";
    expect(tag).not.toBe("");
    const again = await get(`/feeds/incidents.${format}`, { "if-none-match": tag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect((await get(`/feeds/incidents.${format}?lang=ru`)).headers.get("etag")).not.toBe(tag);
  });

  test.each(["?region=Almaty", "?confidence=sure", "?limit=5", "?lang=de"])("refuses %s, naming it", async (query) => {
    const answer = await get(`/feeds/incidents.atom${query}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await answer.text()).toContain(query.slice(1).split("=")[0]);
  });

  test("of a collector that does not know its address names entries for ever all the same", async () => {
    const other = await startCollector();
    const there = await openStore(other.folder);
    await there.incidents.put([block("one", 0)], T0);
    await settlePublication(there, { at: T0, rulesVersion: "test/1", settleMs: 0 });
    const ask = async () => {
      const body = (await (await fetch(`${other.url}/feeds/incidents.json`)).json()) as { items: Item[] };
      return body.items[0];
    };
    const [first, second] = [await ask(), await ask()];
    expect(first?.id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second?.id).toBe(first?.id);
    expect(first?.url).toBe("/en/i/KZ-2026-0001/v1");
    await there.close();
    await other.close();
  });
});

describe("the calendar", () => {
  test("is read by another program: one event an incident, with its state", async () => {
    const text = await (await get("/feeds/incidents.ics")).text();
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
    const told = events.map((event) =>
      ["uid", "status", "dtstart", "dtend"].map((name) => String(event.getFirstPropertyValue(name))),
    );
    expect(told).toEqual([
      [`${PUBLIC}/i/KZ-2026-0002`, "CANCELLED", "2026-03-01T01:00:00Z", "null"],
      [`${PUBLIC}/i/KZ-2026-0001`, "CONFIRMED", "2026-03-01T00:00:00Z", "2026-03-01T03:21:00Z"],
    ]);
    expect(String(events[1]?.getFirstPropertyValue("description"))).toContain('a&b "<c>" ]]>');
  });
});

describe.runIf(runs(CHROMIUM !== null))("the Atom feed, read by a browser's XML parser", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startBrowser();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  test.each(["", "?lang=kk", "?lang=ru&region=KZ-75", "?kind=throttle"])(
    "is well formed and keeps the rules of RFC 4287 (%s)",
    async (query) => {
      const feed = await readXml(page, await (await get(`/feeds/incidents.atom${query}`)).text());
      expect(atomFaults(feed)).toEqual([]);
      const ids = named(feed, "entry").flatMap((entry) => named(entry, "id").map(({ text }) => text));
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  test("shows nasty text as text", async () => {
    const { text } = await readXml(page, await (await get("/feeds/incidents.atom")).text());
    expect(text).toContain(`a&b "<c>" ]]> <script>alert(1)</script>`);
    for (const unsafe of ["\u0007", "\u202e"]) expect(text).not.toContain(unsafe);
  });
});
