import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readRange } from "../../../collector/api/range.ts";
import type { Reader } from "../../../collector/api/reader.ts";
import { makeDays } from "../../../collector/bulk/make-days.ts";
import { readDay } from "../../../collector/bulk/manifest.ts";
import { CoverageRow } from "../../../collector/bulk/tables.ts";
import type { VerdictCode } from "../../../protocol/verdict.ts";
import { until } from "../../end-to-end/processes.ts";
import { describedBy } from "../api/described.ts";
import { openScene, type Scene, verdictOf, witness } from "../api/reader.ts";
import { run } from "../exchange/run.ts";
import { startCollector } from "../test-collector.ts";

const DAY = "2026-03-01";
const T0 = Date.parse(`${DAY}T10:00:00Z`);
const HOUR = 3_600_000;

let scene: Scene;
let bulk: string;
let now: number;
beforeEach(async () => {
  now = T0 + 48 * HOUR;
  scene = await openScene(now);
  bulk = join(scene.folder, "bulk");
  const from = new Date(T0 - HOUR).toISOString();
  for (const name of ["a", "b", "c"]) await scene.reader.store.probes.addKnown(witness(name, { from }), null);
  for (let seq = 1; seq <= 6; seq++) await measure("a", seq, T0 + seq * HOUR, seq === 3 ? "tls_drop" : "ok");
  await measure("b", 1, T0 + 30 * HOUR);
});
afterEach(() => scene.close());

async function measure(name: string, seq: number, at: number, code: VerdictCode = "ok"): Promise<void> {
  const probe = name.repeat(32);
  const text = JSON.stringify({ kind: "web", body: { target: "orda.kz", dns: [], tcp: [], tls: [], http: [] } });
  const hash = createHash("sha256").update(`${name}${seq}`).digest("hex");
  const { entries, verdicts } = scene.reader.store;
  await entries.addKnown(probe, [{ seq, kind: "web", target: "orda.kz", at, received: at, text, hash }]);
  const place = { target: "orda.kz", asn: 9198, region: "KZ-75" };
  await verdicts.put([{ probe, seq, ...place, measuredAt: at, verdict: verdictOf(code) }]);
}

async function make(more: Partial<Parameters<typeof makeDays>[0]> = {}): Promise<string[]> {
  const made: string[] = [];
  const reader: Reader = { ...scene.reader, now: () => now };
  await makeDays({
    ...{ reader, folder: bulk, keepDays: 0, signal: new AbortController().signal },
    onMade: (day, version) => made.push(`${day} v${version}`),
    ...more,
  });
  return made;
}

const lines = (path: string) =>
  gunzipSync(readFileSync(join(bulk, path)))
    .toString()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("the files of a day", () => {
  test("are made when it has ended and an hour more, and once", async () => {
    now = Date.parse("2026-03-02T00:59:59Z");
    expect(await make()).toEqual([]);
    now = Date.parse("2026-03-02T01:00:00Z");
    expect(await make()).toEqual([`${DAY} v1`]);
    expect(await make()).toEqual([]);
    expect(readdirSync(join(bulk, DAY)).sort()).toEqual(["manifest.json", "v1"]);
  });

  test("hold the published rows of that day, in both forms, with their size, number and hash", async () => {
    await make({ only: DAY });
    const [version] = (await readDay(bulk, DAY))?.versions ?? [];
    for (const { path, bytes, sha256, rows, format } of version?.files ?? []) {
      const content = readFileSync(join(bulk, path));
      expect([content.length, createHash("sha256").update(content).digest("hex")]).toEqual([bytes, sha256]);
      const file = content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer;
      const read = format === "ndjson" ? lines(path) : await parquetReadObjects({ file });
      expect(read).toHaveLength(rows);
    }
    expect(version?.files.map(({ table, format, rows }) => `${table} ${format} ${rows}`)).toEqual([
      ...["measurements ndjson 6", "measurements parquet 6", "verdicts ndjson 6", "verdicts parquet 6"],
      ...["incidents ndjson 0", "incidents parquet 0", "coverage ndjson 1152", "coverage parquet 1152"],
    ]);
    const [verdict] = lines(`${DAY}/v1/verdicts.ndjson.gz`).filter(({ code }) => code === "tls_drop");
    expect(verdict).toMatchObject({ target: "orda.kz", measuredAt: "2026-03-01T13:00:00.000Z", region: "KZ-75" });
    for (const row of lines(`${DAY}/v1/coverage.ndjson.gz`)) expect(() => CoverageRow.parse(row)).not.toThrow();
    expect(readFileSync(join(bulk, `${DAY}/v1/measurements.parquet`)).includes("a".repeat(32))).toBe(false);
  });

  test("are made anew as a further version when something came late, and the first stays", async () => {
    await make();
    const before = readFileSync(join(bulk, `${DAY}/v1/verdicts.ndjson.gz`));
    await measure("c", 1, T0 + HOUR);
    expect(await make()).toEqual([`${DAY} v2`]);
    expect(lines(`${DAY}/v2/verdicts.ndjson.gz`)).toHaveLength(7);
    expect(readFileSync(join(bulk, `${DAY}/v1/verdicts.ndjson.gz`))).toEqual(before);
    const manifest = await readDay(bulk, DAY);
    expect(manifest?.versions.map(({ version }) => version)).toEqual([2, 1]);
  });

  test("stay as they are when what came changes none of their rows", async () => {
    await scene.reader.store.presence.beats([], now);
    await make();
    await scene.reader.store.presence.addKnown([{ probe: "a".repeat(32), from: T0, to: T0, received: T0 + HOUR }]);
    expect(await make()).toEqual([]);
    expect(existsSync(join(bulk, DAY, "v2"))).toBe(false);
  });

  test("that a process left half made are made whole by the next", async () => {
    mkdirSync(join(bulk, DAY, "v1"), { recursive: true });
    mkdirSync(join(bulk, DAY, ".making-dead"));
    utimesSync(join(bulk, DAY, ".making-dead"), 1, 1);
    expect(await make()).toEqual(["2026-03-02 v1", `${DAY} v1`]);
    expect(readdirSync(join(bulk, DAY)).sort()).toEqual(["manifest.json", "v1"]);
    expect(readdirSync(join(bulk, DAY, "v1"))).toHaveLength(8);
  });

  test("are not left half made by an end in between", async () => {
    const stop = new AbortController();
    stop.abort(new Error("the end"));
    await expect(make({ signal: stop.signal })).resolves.toEqual([]);
    expect(existsSync(join(bulk, DAY))).toBe(false);
  });

  test("go when they are older than is kept", async () => {
    await make();
    now = T0 + 30 * 24 * HOUR;
    await make({ keepDays: 10 });
    expect(existsSync(join(bulk, DAY))).toBe(false);
  });
});

test("a collector serves what the command made, whole and in parts, and says what there is", async () => {
  const { code, out } = await run("bulk", "--data", scene.folder, "--json");
  expect([code, JSON.parse(out)]).toEqual([
    0,
    {
      made: [
        { day: "2026-03-02", version: 1 },
        { day: DAY, version: 1 },
      ],
    },
  ]);
  const collector = await startCollector({ folder: scene.folder, keep: true });
  const described = await describedBy(collector.url);
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${collector.url}/data/${path}`, { headers });
  const answer = await get("manifest.json");
  const text = await answer.text();
  described.check("/data/manifest.json", { status: 200, type: answer.headers.get("content-type") ?? "", text });
  const manifest = JSON.parse(text) as {
    days: { day: string; files: { path: string; sha256: string; bytes: number }[] }[];
  };
  const [file] = manifest.days[1]?.files ?? [];
  const path = file?.path ?? "";
  const whole = await get(path, { "accept-encoding": "gzip" });
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(file?.sha256);
  expect(whole.headers.get("content-encoding")).toBeNull();
  expect(whole.headers.get("cache-control")).toContain("immutable");
  const part = await get(path, { range: "bytes=5-9" });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 5-9/${file?.bytes}`]);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(5, 10));
  const tag = whole.headers.get("etag") ?? "";
  expect((await get(path, { range: "bytes=5-9", "if-range": '"other"' })).status).toBe(200);
  expect((await get(path, { range: `bytes=${file?.bytes}-` })).status).toBe(416);
  expect((await get(path, { "if-none-match": tag })).status).toBe(304);
  for (const wrong of ["2026-03-01/v9/verdicts.parquet", "2026-03-01/v1/..%2fmanifest.json", "x/v1/verdicts.parquet"])
    expect((await get(wrong)).status).toBe(404);
  await collector.close();
});

test("a collector makes them by itself", async () => {
  const collector = await startCollector({ folder: scene.folder, keep: true, bulkFirstMs: 10 });
  await until("they are made", () => existsSync(join(bulk, DAY, "manifest.json")));
  await collector.close();
});

test.each([
  [undefined, null],
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=90-", { start: 90, end: 99 }],
  ["bytes=-10", { start: 90, end: 99 }],
  ["bytes=-1000", { start: 0, end: 99 }],
  ["bytes=5-1000", { start: 5, end: 99 }],
  ["bytes=9-5", null],
  ["bytes=1-2,5-6", null],
  ["lines=1-2", null],
  ["bytes=100-", "none"],
  ["bytes=-0", "none"],
])("of a hundred bytes the range %s is %j", (header, range) => {
  expect(readRange(header, 100)).toEqual(range);
});
