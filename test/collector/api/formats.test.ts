import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coarseKeys } from "../../../collector/api/reader-limits.ts";
import { measurementId, readMeasurementId } from "../../../collector/api/rows/measurement-row.ts";
import { readCsv } from "../../../collector/csv-reader.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { packed, post, webDraft } from "../test-probe.ts";
import { type Described, describedBy } from "./described.ts";

let collector: TestCollector;
let described: Described;
const at = (day: string) => ({ earliest: `${day}T10:00:00.000Z`, latest: `${day}T10:01:00.000Z` });
const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  ...{ id, kind: "block", method: "tls_drop", extent: null, targets: ["orda.kz"], asns: [29355], regions: ["KZ-75"] },
  ...{ access: ["mobile"], start: at("2022-01-05"), end: null, detectedAt: "2022-01-05T10:02:00.000Z" },
  ...{ confidence: "probable", witnesses: 3, measurements: 9, causes: [], ...more },
});

beforeAll(async () => {
  collector = await startCollector();
  described = await describedBy(collector.url);
  const store = await openStore(collector.folder);
  await store.incidents.put(
    [
      incident("old"),
      incident("new", {
        start: at("2026-03-05"),
        regions: ["KZ-71", "KZ-75"],
        kind: "throttle",
        confidence: "observed",
      }),
      incident("everywhere", { kind: "shutdown", targets: [], asns: [], regions: [], access: [] }),
    ],
    Date.parse("2026-03-06T00:00:00Z"),
  );
  await store.close();
  const probe = await collector.probe();
  await post(collector.url, packed(probe.batch([probe.write(webDraft()), probe.write(webDraft("vlast.kz"))])));
});
afterAll(() => collector.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${collector.url}${path}`, { headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString() };
}
const json = async (path: string) => JSON.parse((await get(path)).text) as Record<string, unknown>;
const table = async (path: string) => {
  const [head, ...rows] = readCsv((await get(path)).text).map(({ cells }) => cells);
  return rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [head?.[index] ?? "", cell])));
};

describe("a table is given", () => {
  test.each([
    ["text/csv", "text/csv"],
    ["application/x-ndjson", "application/x-ndjson"],
    ["application/geo+json", "application/geo+json"],
    ["application/vnd.apache.parquet", "application/vnd.apache.parquet"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "application/json"],
    ["text/csv;q=0.3, application/json;q=0.9", "application/json"],
    ["application/json;q=0, text/*", "text/csv"],
    ["image/png", "application/json"],
  ])("in the form that %j asks for", async (accept, type) => {
    const { status, headers } = await get("/api/v1/incidents", { accept });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain(type);
    expect(headers.get("vary")).toContain("accept");
  });

  test("as CSV with local time by the offset in force then, and names in the language asked for", async () => {
    const rows = await table("/api/v1/incidents.csv?lang=ru");
    expect(rows).toMatchObject([
      { id: "new", local_time: "2026-03-05T15:00:00", utc_offset: "+05:00", region_names: "Астана; Алматы" },
      { id: "old", local_time: "2022-01-05T16:00:00", utc_offset: "+06:00", network_names: "Kcell" },
      { id: "everywhere", local_time: "2022-01-05T16:00:00", region_names: "" },
    ]);
  });

  test("as Parquet with typed columns, and what every answer carries in its metadata", async () => {
    const { bytes } = await get("/api/v1/incidents.parquet");
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows[1]).toMatchObject({ id: "old", start_earliest: new Date("2022-01-05T10:00:00Z"), witnesses: 3n });
    expect(rows[1]).toMatchObject({ single_witness: false, end_latest: null });
    const facts = Object.fromEntries(
      (parquetMetadata(file).key_value_metadata ?? []).map(({ key, value }) => [key, value]),
    );
    expect(facts).toMatchObject({ license: "CC BY 4.0", cite: expect.stringContaining("/api/v1/incidents.parquet") });
  });

  test("as GeoJSON with points of regions alone", async () => {
    const { features, license } = await json("/api/v1/incidents.geojson");
    expect(license).toBe("CC BY 4.0");
    expect(features).toMatchObject([
      {
        geometry: {
          type: "MultiPoint",
          coordinates: [
            [71.45, 51.18],
            [76.93, 43.26],
          ],
        },
      },
      { geometry: { type: "Point", coordinates: [76.93, 43.26] }, properties: { id: "old", region_names: "Almaty" } },
      { geometry: null },
    ]);
    expect((await get("/api/v1/measurements.geojson")).status).toBe(404);
  });

  test("as NDJSON whose lines are the rows of the JSON", async () => {
    const { text } = await get("/api/v1/incidents.ndjson");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual((await json("/api/v1/incidents")).incidents);
  });

  test.each(["csv", "ndjson", "parquet", "geojson"])(
    "as %s with what every answer carries in its headers",
    async (form) => {
      const { headers } = await get(`/api/v1/incidents.${form}`);
      expect(headers.get("x-license")).toBe("CC BY 4.0");
      expect(headers.get("x-coverage-samples")).toBe("27");
      expect(headers.get("link")).toMatch(/as_of=[^>]*>; rel="cite-as"/);
      expect(headers.get("access-control-allow-origin")).toBe("*");
    },
  );
});

describe("incidents are found by", () => {
  test.each([
    ["asn=AS29355&region=KZ-75&from=2022-01-01&to=2023-01-01", ["old", "everywhere"]],
    ["asn=9198&region=KZ-75", ["everywhere"]],
    ["kind=throttle,shutdown", ["new", "everywhere"]],
    ["confidence=observed", ["new"]],
    ["access=mobile&kind=block", ["old"]],
    ["category=independent-media", ["new", "old"]],
    ["category=messenger", []],
    ["method=tls_drop&target=orda.kz", ["new", "old"]],
    ["id=old", ["old"]],
  ])("%s", async (query, ids) => {
    const { incidents } = (await json(`/api/v1/incidents?${query}`)) as { incidents: { id: string }[] };
    expect(incidents.map(({ id }) => id)).toEqual(ids);
  });

  test("an answer names the codes it holds in three languages", async () => {
    expect((await json("/api/v1/incidents?id=new")).names).toEqual({
      regions: {
        "KZ-71": { kk: "Астана", ru: "Астана", en: "Astana" },
        "KZ-75": { kk: "Алматы", ru: "Алматы", en: "Almaty" },
      },
      networks: { "29355": "Kcell" },
      targets: { "orda.kz": expect.objectContaining({ en: expect.any(String) }) },
    });
  });
});

describe("an answer that a reader has", () => {
  test.each([
    "/api/v1/incidents",
    "/api/v1/incidents.csv",
    "/api/v1/measurements.ndjson",
    "/api/v1/targets",
    "/api/v1/timeline?from=2026-03-01&to=2026-03-08",
    "/",
  ])("is not sent again: %s", async (path) => {
    const first = await get(path, { "accept-encoding": "gzip" });
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"/);
    const second = await get(path, { "if-none-match": tag });
    // The first page tells when it was made; the others say the same.
    if (path !== "/") expect([second.status, second.text]).toEqual([304, ""]);
    expect((await get(path, { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("is another in another form, and after a change", async () => {
    const tagOf = async (path: string) => (await get(path)).headers.get("etag");
    const [tag, csvTag] = [await tagOf("/api/v1/incidents?id=old"), await tagOf("/api/v1/incidents.csv?id=old")];
    expect(tag).not.toBe(csvTag);
    const store = await openStore(collector.folder);
    await store.incidents.put([incident("old", { confidence: "confirmed" })], Date.now());
    await store.close();
    expect(await tagOf("/api/v1/incidents?id=old")).not.toBe(tag);
  });

  test("as of a day that has ended may be kept for ever, where it is repeatable", async () => {
    const cached = async (path: string) => (await get(path)).headers.get("cache-control");
    expect(await cached("/api/v1/incidents?as_of=2026-03-07")).toBe("public, max-age=31536000, immutable");
    expect(await cached("/api/v1/verdicts?as_of=2026-03-07")).toBe("public, max-age=3600");
    expect(await cached("/api/v1/incidents?to=2026-03-07")).toBe("public, max-age=60");
    expect(await cached("/api/v1/incidents")).toBe("public, max-age=10");
  });

  test.each(["csv", "ndjson", "geojson"])("is packed for who asks: %s", async (form) => {
    const name = form === "geojson" ? "events" : "targets";
    const { headers } = await get(`/api/v1/${name}.${form}`, { "accept-encoding": "gzip" });
    expect(headers.get("content-encoding")).toBe("gzip");
  });
});

describe("one measurement", () => {
  test("is found by its id, with its verdict, its hash and its place in the log", async () => {
    await until("both are judged", async () => ((await json("/api/v1/verdicts")).verdicts as unknown[]).length === 2);
    const { verdicts } = (await json("/api/v1/verdicts?target=orda.kz")) as { verdicts: { measurement: string }[] };
    const path = `/api/v1/measurements/${verdicts[0]?.measurement}`;
    const { status, headers, text } = await get(path);
    described.check(path, { status, type: headers.get("content-type") ?? "", text });
    const { measurement, verdict, log } = JSON.parse(text) as {
      measurement: { id: string; record: string; target: string };
      verdict: { code: string };
      log: { leaf: number; hash: string; proof: string };
    };
    expect(measurement).toMatchObject({ id: verdicts[0]?.measurement, target: "orda.kz" });
    expect(verdict.code).toBe("ok");
    expect(await json(log.proof.replace("?", "?size=2&"))).toMatchObject({ index: log.leaf, leaf: log.hash });
  });

  test.each([
    ["20220104T093000123Z-0123456789abcdef", 404],
    ["1", 400],
    ["99999999T093000123Z-0123456789abcdef", 404],
  ])("that is not there, %s, is a problem", async (id, wanted) => {
    const path = `/api/v1/measurements/${id}`;
    const { status, headers, text } = await get(path);
    expect(status).toBe(wanted);
    described.check(path, { status, type: headers.get("content-type") ?? "", text });
  });

  test("'s id holds its time and the first digits of its hash", () => {
    const hash = "0123456789abcdef".repeat(4);
    const id = measurementId(Date.parse("2022-01-04T09:30:00.123Z"), hash);
    expect(id).toBe("20220104T093000123Z-0123456789abcdef");
    expect(readMeasurementId(id)).toEqual({ at: Date.parse("2022-01-04T09:30:00.123Z"), hash: hash.slice(0, 16) });
  });
});

describe("a problem", () => {
  test("has a type that is a page of ours, and a title in the reader's language", async () => {
    const { headers, text } = await get("/api/v1/incidents?color=red", { "accept-language": "kk" });
    expect(headers.get("content-language")).toBe("kk");
    expect(JSON.parse(text)).toMatchObject({ type: "/api#problem-bad_query", title: "Сұрау қате", status: 400 });
  });
});

describe("the limit of questions", () => {
  test("is by part of the network, told with a time to wait, and keeps no address", async () => {
    const small = await startCollector({ flags: { "questions-a-minute": "1" } });
    const statuses: number[] = [];
    for (let count = 0; count < 22; count++) statuses.push((await fetch(`${small.url}/api/v1/targets`)).status);
    const refused = await fetch(`${small.url}/api/v1/targets.csv`);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ type: "/api#problem-too_many" });
    expect((await fetch(`${small.url}/en`)).status).toBe(200);
    expect(small.logs()).not.toContain("127.0.0");
    await small.close();
  });

  test("holds neighbours to one count, others to another, and forgets every hour", () => {
    let now = 0;
    const keyOf = coarseKeys(() => now);
    expect(keyOf("203.0.113.7")).toBe(keyOf("::ffff:203.0.113.200"));
    expect(keyOf("203.0.113.7")).not.toBe(keyOf("203.0.114.7"));
    expect(keyOf("2001:db8:1:2::3")).toBe(keyOf("2001:db8:1:ffff::9"));
    expect(keyOf("2001:db8::1")).toBe(keyOf("2001:db8:0:5:6:7:8:9"));
    expect(keyOf("::1")).toBe("local");
    const before = keyOf("203.0.113.7");
    expect(before).not.toContain("203");
    now = 3_600_000;
    expect(keyOf("203.0.113.7")).not.toBe(before);
  });
});
