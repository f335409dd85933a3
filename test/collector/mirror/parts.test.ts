import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { rankOf } from "../../../collector/mirror/choice.ts";
import { crawl } from "../../../collector/mirror/crawl.ts";
import { rootOfTiles, tilePath, type tilesOf } from "../../../collector/mirror/log-tiles.ts";
import { momentsOf } from "../../../collector/mirror/moment.ts";
import { fileOf, relativeTo } from "../../../collector/mirror/names.ts";
import { beginPlace } from "../../../collector/mirror/place.ts";
import { addressesIn, rewritten } from "../../../collector/mirror/rewrite.ts";
import { createShelf } from "../../../collector/mirror/shelf.ts";
import { sha256 } from "../../../protocol/hash.ts";
import { leafHash, memoryNodes, sameHash, treeRoot } from "../../../protocol/merkle.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const HTML = "text/html; charset=utf-8";
const folder = temporaryFolder();
afterAll(() => folder.remove());

describe("names of files", () => {
  test.each([
    ["/", HTML, "index.html"],
    ["/kk", HTML, "kk/index.html"],
    ["/kk/targets/orda.kz", HTML, "kk/targets/orda.kz.html"],
    ["/en/i/KZ-2026-0001/v2", HTML, "en/i/KZ-2026-0001/v2.html"],
    ["/verify-offline.html", HTML, "verify-offline.html"],
    ["/api/v1/log/tile/0/000.p/5", "application/octet-stream", "api/v1/log/tile/0/000.p/5"],
    ["/assets/style.css", "text/css", "assets/style.css"],
  ])("%s becomes the file %s / %s", (address, type, file) => expect(fileOf(address, type)).toBe(file));

  test("a query becomes a part of the name, and two queries are two files", () => {
    const [a, b] = ["?id=1", "?id=2"].map((query) => fileOf(`/api/v1/incidents${query}`, "application/json"));
    expect(a).toMatch(/^api\/v1\/incidents~[0-9a-f]{12}\.json$/);
    expect(a).not.toBe(b);
  });

  test("never lead out of the folder, whatever an address holds", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 5 }), fc.boolean(), (parts, isPage) => {
        const address = `/kk/${parts.map(encodeURIComponent).join("/")}`;
        const file = fileOf(address, isPage ? HTML : "text/csv");
        expect(file.split("/").every((part) => part !== "" && !/^\.+$/.test(part) && /^[\w.@~-]+$/.test(part))).toBe(
          true,
        );
      }),
    );
  });

  test("the way from one file to another leads there", () => {
    const name = fc.constantFrom("kk", "i", "targets", "a.html", "orda.kz.html");
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(path, path, (from, to) => {
        expect(new URL(relativeTo(from, to), `http://h/${from}`).pathname).toBe(`/${to}`);
      }),
    );
  });
});

describe("rewriting", () => {
  const parts = {
    file: "kk/index.html",
    site: "https://site.example",
    base: "https://copy.example/",
    note: "NOTE",
    form: "FORM",
  };
  const fileAt = (address: string) => (address === "/kk/timeline" ? "kk/timeline.html" : null);
  const made = (page: string) => rewritten(page, { ...parts, fileAt });

  test("makes addresses ways to files, with the place on the page", () => {
    expect(made('<a href="/kk/timeline#chart">x</a>')).toBe('<a href="timeline.html#chart">x</a>');
    expect(made('<a href="https://site.example/kk/timeline">x</a>')).toBe('<a href="timeline.html">x</a>');
  });

  test("makes text of links that lead nowhere, and leaves places of the same page", () => {
    expect(made('<a class="more" href="/kk/matrix?at=1" rel="prev">x</a>')).toBe('<a class="more">x</a>');
    expect(made('<a href="#content">x</a>')).toBe('<a href="#content">x</a>');
  });

  test("takes out scripts, forms and what is live", () => {
    const page =
      '<script src="/assets/live.js" defer></script>\n<form action="/kk"><p>x</p></form><div class="live" id="live" hidden></div>';
    expect(made(page)).toBe("FORM");
  });

  test("gives cards for messengers and codes of frames the whole address of the copy", () => {
    const card = '<meta property="og:image" content="https://site.example/kk/timeline">';
    expect(made(card)).toContain('content="https://copy.example/kk/timeline.html"');
    const code = "&lt;iframe src=&quot;https://site.example/kk/timeline&quot; title";
    expect(made(code)).toBe("&lt;iframe src=&quot;https://copy.example/kk/timeline.html&quot; title");
  });

  test("finds what a page asks for, and nothing of scripts", () => {
    const page =
      '<link href="/assets/style.css"><script src="/assets/live.js"></script><a href="/kk?x=1&amp;y=2#p">x</a>';
    expect(addressesIn(page, "", true)).toEqual(["/assets/style.css", "/kk?x=1&y=2"]);
  });
});

describe("the moment of a run", () => {
  const { without, ownAddress } = momentsOf("2026-11-28T08:00:00.000Z", ["28 November 2026, 13:00"]);
  test("is no difference between two texts, nor between two addresses", () => {
    expect(without("known at 28 November 2026, 13:00")).toBe("known at ");
    expect(ownAddress("/kk/timeline?region=KZ-75&as_of=2026-11-28T08:00:00Z")).toBe("/kk/timeline?region=KZ-75");
    expect(ownAddress("/kk/i/a?as_of=2022-01-05T10:00:00Z")).toBe("/kk/i/a?as_of=2022-01-05T10:00:00Z");
  });
});

describe("what is taken along", () => {
  test("plain pages come before views of a query, and endless ones not at all", () => {
    expect(rankOf("/kk/targets/orda.kz", "/kk")).toBe(0);
    expect(rankOf("/kk/embed/now", "/kk")).toBe(1);
    expect(rankOf("/kk/incidents?page=2", "/kk/incidents")).toBe(2);
    expect(rankOf("/api/v1/incidents.csv?limit=1000", "/kk")).toBe(3);
    expect(rankOf("/kk/timeline?from=a", "/kk/i/KZ-2026-0001")).toBe(4);
    expect(rankOf("/kk/timeline?from=a", "/kk/matrix")).toBe(null);
    expect(rankOf("/kk/matrix?at=2026", "/kk/matrix")).toBe(null);
  });

  test("ends where there is no more room, and says how much was left out", async () => {
    const kept: string[] = [];
    const page = new TextEncoder().encode('<a href="/kk/a">a</a><a href="/kk/b">b</a><a href="/kk/c">c</a>');
    const crawled = await crawl({
      seeds: ["/kk"],
      ask: async () => ({ is: "body", type: HTML, body: page, same: "" }),
      keep: async (address) => void kept.push(address),
      ...{ site: "", cards: true, used: { files: 0, bytes: 0 }, signal: new AbortController().signal },
      ...{ bounds: { files: 2, bytes: 1e6, answerBytes: 1e6 }, ownAddress: (address: string) => address },
    });
    expect(kept).toEqual(["/kk", "/kk/a"]);
    // Each page in three languages, of which one page found room.
    expect(crawled.noRoom).toBe(8);
  });
});

describe("tiles of a log", () => {
  const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => leafHash(`leaf ${index}`));
  const tileOf =
    (nodes: ReturnType<typeof memoryNodes>) =>
    async ({ level, index, width }: ReturnType<typeof tilesOf>[number]) =>
      Buffer.concat(Array.from({ length: width }, (_, at) => nodes(level * 8, index * 256 + at)));

  test.each([1, 2, 5, 255, 256, 257, 511, 512, 700, 65_536 + 259])("of %i leaves give its root", async (size) => {
    const nodes = memoryNodes(leavesOf(size));
    const root = await rootOfTiles(size, tileOf(nodes));
    expect(typeof root === "string" ? root : sameHash(root, treeRoot(size, nodes))).toBe(true);
  });

  test("one of which a byte was changed do not", async () => {
    const nodes = memoryNodes(leavesOf(700));
    const read = tileOf(nodes);
    const root = await rootOfTiles(700, async (tile) => {
      const bytes = await read(tile);
      if (tile.level === 0 && tile.index === 1) bytes[9] = (bytes[9] ?? 0) ^ 1;
      return bytes;
    });
    expect(root).toMatch(/does not follow/);
  });

  test("have the names that others look for", () => {
    expect(tilePath({ level: 0, index: 1067, width: 256 })).toBe("tile/0/x001/067");
    expect(tilePath({ level: 1, index: 0, width: 5 })).toBe("tile/1/000.p/5");
  });
});

describe("the place of a mirror", () => {
  const index = (files: object) =>
    JSON.stringify({ format: "kuager-mirror/1", madeAt: "2026-11-28T08:00:00.000Z", files });

  test("is not one that holds something else", async () => {
    const dir = join(folder.path, "other");
    mkdirSync(dir);
    writeFileSync(join(dir, "thesis.txt"), "mine");
    await expect(beginPlace(dir)).rejects.toMatchObject({ code: "usage" });
    expect(readFileSync(join(dir, "thesis.txt"), "utf8")).toBe("mine");
  });

  test("keeps the earlier mirror until the new one is whole, and files that say the same", async () => {
    const dir = join(folder.path, "copy");
    const first = await beginPlace(dir);
    const one = createShelf(first);
    await one.put("a.txt", "at 1: a", "a");
    await one.put("b.txt", "at 1: b", "b");
    await first.write("mirror.json", index(one.files()));
    await first.commit();
    const before = statSync(join(dir, "a.txt")).ino;
    const broken = await beginPlace(dir);
    await broken.write("a.txt", "half");
    await broken.abandon();
    expect(readFileSync(join(dir, "a.txt"), "utf8")).toBe("at 1: a");
    const second = await beginPlace(dir);
    const two = createShelf(second);
    await two.put("a.txt", "at 2: a", "a");
    await two.put("b.txt", "at 2: other", "other");
    await second.write("mirror.json", index(two.files()));
    await second.commit();
    expect(two.used()).toMatchObject({ files: 2, unchanged: 1 });
    expect(statSync(join(dir, "a.txt")).ino).toBe(before);
    expect(readFileSync(join(dir, "b.txt"), "utf8")).toBe("at 2: other");
    expect(two.files()["a.txt"]?.sha256).toBe(Buffer.from(sha256("at 1: a")).toString("hex"));
  });
});
