import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tellMirror } from "../../../collector/commands/progress.ts";
import { crawl } from "../../../collector/mirror/crawl.ts";
import { rememberingStore } from "../../../collector/mirror/remembering-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import { block, type Desk, openDesk } from "../publication/scene.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.holds([block("a", 0), block("b", 60_000)], 1000);
});
afterAll(() => desk.close());

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER, asOf: null, openOnly: false, limit: 10 };

/** The store, and how often its incidents were asked for. */
function counted(): { store: Store; asked: () => number } {
  let asked = 0;
  const list: Store["incidents"]["list"] = (query) => {
    asked += 1;
    return desk.store.incidents.list(query);
  };
  return { store: { ...desk.store, incidents: { ...desk.store.incidents, list } }, asked: () => asked };
}

describe("a store that remembers", () => {
  test("answers the same question once, and other questions as the store does", async () => {
    const { store, asked } = counted();
    const remembering = rememberingStore(store);
    const [first, again] = [await remembering.incidents.list(EVER), await remembering.incidents.list({ ...EVER })];
    expect(first.map(({ id }) => id)).toEqual(["b", "a"]);
    expect(again).toBe(first);
    expect(asked()).toBe(1);
    expect(await remembering.incidents.list({ ...EVER, limit: 1 })).toHaveLength(1);
    expect(asked()).toBe(2);
  });

  test("forgets what was asked longest ago, so that it holds no more than it may", async () => {
    const { store, asked } = counted();
    const remembering = rememberingStore(store, 2);
    for (const limit of [1, 2, 1, 3, 1, 2]) await remembering.incidents.list({ ...EVER, limit });
    expect(asked()).toBe(4);
  });

  test("asks again what the store could not answer once, and tells each who waited for it", async () => {
    let faults = 1;
    const list: Store["incidents"]["list"] = async (query) => {
      if (faults-- > 0) throw new Error("the disk was busy");
      return desk.store.incidents.list(query);
    };
    const remembering = rememberingStore({ ...desk.store, incidents: { ...desk.store.incidents, list } });
    const both = await Promise.allSettled([remembering.incidents.list(EVER), remembering.incidents.list(EVER)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await remembering.incidents.list(EVER)).toHaveLength(2);
  });

  test("writes as the store does", async () => {
    const remembering = rememberingStore(desk.store);
    await remembering.state.set("a mark", "1");
    expect(await desk.store.state.get("a mark")).toBe("1");
    await remembering.state.set("a mark", "2");
    expect(await remembering.state.get("a mark")).toBe("2");
  });
});

describe("a crawl", () => {
  test("asks for a page's languages one after another, whichever of them was named", async () => {
    const asked: string[] = [];
    const page = new TextEncoder().encode('<a href="/ru/a">a</a><a href="/en/b">b</a>');
    await crawl({
      seeds: ["/kk", "/ru", "/en"],
      ask: async (address) => {
        asked.push(address);
        return { is: "body", type: "text/html", body: page, same: "" };
      },
      keep: async () => {},
      ...{ site: "", cards: false, used: { files: 0, bytes: 0 }, signal: new AbortController().signal },
      ...{ bounds: { files: 100, bytes: 1e6, answerBytes: 1e6 }, ownAddress: (address: string) => address },
    });
    expect(asked).toEqual(["/kk", "/ru", "/en", "/kk/a", "/ru/a", "/en/a", "/kk/b", "/ru/b", "/en/b"]);
  });
});

describe("progress", () => {
  test.each([
    [true, 3000],
    [false, 30_000],
  ])("is told at a terminal (%s) every %i ms at most", (isTerminal, every) => {
    const [told, clock] = [[] as string[], { at: 0 }];
    const tell = tellMirror({ err: (text) => void told.push(text), isTerminal }, () => clock.at);
    const now = { files: 7, bytes: 2_500_000, waiting: 3 };
    for (const at of [0, every - 1, every, every + 1, 2 * every]) {
      clock.at = at;
      tell(now);
    }
    expect(told).toEqual(Array(2).fill("7 files, 2.5 MB; 3 addresses known that wait\n"));
  });
});
