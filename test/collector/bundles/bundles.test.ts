import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createShelf } from "../../../collector/bundles/shelf.ts";
import { unpackZip } from "../../../collector/evidence/zip.ts";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { PublishedVersion } from "../../../protocol/publication.ts";
import { runKuager, temporaryFolder, until } from "../../end-to-end/processes.ts";
import { block } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { packed, post, webDraft } from "../test-probe.ts";

let collector: TestCollector;
const NAME = "KZ-2026-0001-v1";

beforeAll(async () => {
  collector = await startCollector();
  const witness = await collector.probe();
  await post(collector.url, packed(witness.batch([witness.write(webDraft()), witness.write(webDraft())])));
  const store = await openStore(collector.folder);
  await store.incidents.put([block("aaaa", 0)], 1000);
  await settlePublication(store, { at: Date.now(), rulesVersion: "test/1", settleMs: 0 });
  await store.close();
});
afterAll(() => collector.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${collector.url}${path}`, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe("the bundle of a published version", () => {
  test("is made by a process of its own when it is first asked for; until then the browser is told to ask again", async () => {
    const first = await get(`/bundles/${NAME}.zip`);
    expect([first.status, first.headers.get("refresh")]).toEqual([202, "20"]);
    await until("it is made", async () => (await get(`/bundles/${NAME}.zip`)).status === 200, 60_000);
    const { bytes, headers } = await get(`/bundles/${NAME}.zip`);
    expect(headers.get("content-disposition")).toContain(`${NAME}.zip`);
    expect([...unpackZip(bytes).keys()].some((path) => path.endsWith("incident.json"))).toBe(true);
    const file = join(collector.folder, "fetched.zip");
    writeFileSync(file, bytes);
    expect((await runKuager(["verify", file])).code).toBe(0);
  });

  test("has the hash that stands beside it, on its page and in its entity tag", async () => {
    const { bytes, headers } = await get(`/bundles/${NAME}.zip`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect((await get(`/bundles/${NAME}.zip.sha256`)).bytes.toString()).toBe(`${sha256}  ${NAME}.zip\n`);
    expect(headers.get("etag")).toBe(`"${sha256}"`);
    expect((await get("/i/KZ-2026-0001")).bytes.toString()).toContain(
      `"bundle":{"sha256":"${sha256}","bytes":${bytes.length}}`,
    );
  });

  test("is served in parts over a weak line, and never mixed with another file's", async () => {
    const { bytes, headers } = await get(`/bundles/${NAME}.zip`);
    const part = (range: string, more = {}) => get(`/bundles/${NAME}.zip`, { range, ...more });
    const middle = await part("bytes=10-19");
    expect([middle.status, middle.headers.get("content-range")]).toEqual([206, `bytes 10-19/${bytes.length}`]);
    expect(middle.bytes).toEqual(bytes.subarray(10, 20));
    expect((await part(`bytes=${bytes.length - 5}-`)).bytes).toEqual(bytes.subarray(-5));
    expect((await part("bytes=-7")).bytes).toEqual(bytes.subarray(-7));
    expect((await part("bytes=5-999999999")).bytes).toEqual(bytes.subarray(5));
    for (const range of [`bytes=${bytes.length}-`, "bytes=-0", "bytes=9-3"])
      expect((await part(range)).status, range).toBe(416);
    for (const range of ["bytes=0-1,4-5", "bytes=x", "lines=1-2"])
      expect((await part(range)).bytes.length, range).toBe(bytes.length);
    expect((await part("bytes=0-9", { "if-range": '"other"' })).status).toBe(200);
    expect((await part("bytes=0-9", { "if-range": headers.get("etag") ?? "" })).status).toBe(206);
    expect((await get(`/bundles/${NAME}.zip`, { "if-none-match": headers.get("etag") ?? "" })).status).toBe(304);
  });

  test("is not there for what is not published", async () => {
    for (const file of ["KZ-2026-0001-v2.zip", "KZ-2026-0009-v1.zip", "x.zip", "..%2Fcollector.db"])
      expect((await get(`/bundles/${file}`)).status, file).toBe(404);
  });
});

describe("drafts", () => {
  test("are fetched as text by version, kind and language", async () => {
    const { status, headers, bytes } = await get(`/drafts/${NAME}-court.kk.txt`);
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(bytes.toString()).toContain("ЗАҢГЕРГЕ АРНАЛҒАН ЖОБА");
    for (const file of [`${NAME}-other.en.txt`, `${NAME}-court.de.txt`, "KZ-2026-0009-v1-un.en.txt"])
      expect((await get(`/drafts/${file}`)).status, file).toBe(404);
  });

  test("are written by the command line as well, with the quarterly table", async () => {
    const flags = ["--data", collector.folder];
    const un = await runKuager(["collector", "draft", "un", "KZ-2026-0001", "--lang", "en", ...flags]);
    expect(un.stdout).toContain("Alleged perpetrators");
    const table = await runKuager(["collector", "draft", "quarterly", "2026-Q1", ...flags]);
    expect(table.stdout.split("\r\n")[1]).toMatch(/^2026-Q1,KZ-2026-0001,1,block,orda\.kz,no known legal basis/);
    expect((await runKuager(["collector", "draft", "un", "KZ-2026-0009", ...flags])).code).toBe(65);
    expect((await runKuager(["collector", "draft", "quarterly", "2026", ...flags])).code).toBe(65);
  });
});

describe("the shelf", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const version = (number: string): PublishedVersion => ({
    ...{ number, version: 1, publishedAt: "2026-01-01T00:00:00.000Z", change: "first", changed: [], note: null },
    ...{ erratum: false, other: null, incident: block("a", 0) },
  });
  const log = pino({ level: "silent" });
  const write = (place: string, text: string) => {
    writeFileSync(join(place, "made.zip"), text);
    return join(place, "made.zip");
  };

  test("shows nothing of a bundle whose making failed, and tries again when it is asked for again", async () => {
    let fails = true;
    const shelf = createShelf({
      ...{ folder: join(folder.path, "a"), log },
      make: async (_version, place) => {
        const path = write(place, "half");
        if (fails) throw new Error("the disk is full");
        return path;
      },
    });
    expect(shelf.order(version("KZ-2026-0001"))).toBe(true);
    await shelf.idle();
    expect(shelf.find(version("KZ-2026-0001"))).toBeNull();
    expect(readdirSync(join(folder.path, "a"))).toEqual([]);
    fails = false;
    shelf.order(version("KZ-2026-0001"));
    await shelf.idle();
    expect(shelf.find(version("KZ-2026-0001"))?.bytes).toBe(4);
    await shelf.close();
  });

  test("makes one at a time, each once, and refuses more than may wait or than there is room for", async () => {
    let [now, most, made] = [0, 0, 0];
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const shelf = createShelf({
      ...{ folder: join(folder.path, "b"), log, roomBytes: 30 },
      make: async (_version, place) => {
        most = Math.max(most, ++now);
        await gate;
        now -= 1;
        return write(place, `bundle ${++made}`);
      },
    });
    const orders = Array.from({ length: 9 }, (_, index) => shelf.order(version(`KZ-2026-000${index + 1}`)));
    expect(orders).toEqual([...Array.from({ length: 8 }, () => true), false]);
    expect(shelf.order(version("KZ-2026-0001"))).toBe(true);
    open();
    await shelf.idle();
    expect([most, made]).toEqual([1, 8]);
    expect(shelf.order(version("KZ-2026-0010"))).toBe(false);
    await shelf.close();
  });

  test("takes no half-written bundle for a whole one after a kill", () => {
    const place = join(folder.path, "c");
    mkdirSync(place);
    writeFileSync(join(place, "KZ-2026-0001-v1.zip"), "half");
    const shelf = createShelf({ folder: place, log, make: async () => "" });
    expect(shelf.find(version("KZ-2026-0001"))).toBeNull();
    expect(existsSync(join(place, "KZ-2026-0001-v1.json"))).toBe(false);
  });
});
