import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Incident } from "../../../protocol/incident.ts";
import type { VerdictCode } from "../../../protocol/verdict.ts";
import { until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { packed, post, webDraft } from "../test-probe.ts";
import { type Described, describedBy } from "./described.ts";
import { verdictOf, witness } from "./reader.ts";

const T0 = Date.parse("2026-03-01T10:00:00Z");
const HOUR = 3_600_000;
const WINDOW = "since=2026-03-01&until=2026-03-03";

let collector: TestCollector;
let described: Described;

beforeAll(async () => {
  collector = await startCollector();
  described = await describedBy(collector.url);
  const store = await openStore(collector.folder);
  const from = new Date(T0).toISOString();
  for (const name of ["a", "b", "c"]) await store.probes.addKnown(witness(name, { from }), null);
  await store.probes.addKnown(witness("d", { asn: 29355, region: "KZ-71", access: "mobile", from }), null);
  let seq = 0;
  const judge = (name: string, target: string, code: VerdictCode, hours: number) => {
    const [asn, region] = name === "d" ? [29355, "KZ-71"] : [9198, "KZ-75"];
    seq += 1;
    const place = { target, asn, region, measuredAt: T0 + hours * HOUR };
    return { probe: name.repeat(32), seq, ...place, verdict: verdictOf(code) };
  };
  const judged = [
    judge("a", "orda.kz", "tls_drop", 0),
    judge("b", "orda.kz", "block_page", 1),
    judge("c", "orda.kz", "ok", 26),
    judge("a", "vlast.kz", "ok", 2),
    judge("b", "vlast.kz", "inconclusive", 3),
    judge("d", "orda.kz", "ok", 4),
  ];
  for (const { probe, seq: number, target, measuredAt: at } of judged) {
    const hash = `${number}`.padStart(64, "0");
    await store.entries.addKnown(probe, [{ seq: number, kind: "web", target, at, received: at, text: "{}", hash }]);
  }
  await store.verdicts.put(judged);
  await store.presence.addKnown(
    ["a", "b", "c", "d"].map((name) => ({
      ...{ probe: name.repeat(32), from: T0, to: T0 + (name === "a" ? 1 : 2) * HOUR, received: T0 + 3 * HOUR },
    })),
  );
  const loss: Incident = {
    ...{ id: "cut-1", kind: "shutdown", method: null, extent: "total", targets: [], asns: [], regions: ["KZ-75"] },
    ...{ access: [], confidence: "probable", witnesses: 3, measurements: 0, causes: [] },
    start: { earliest: "2026-03-01T11:00:00.000Z", latest: "2026-03-01T11:00:30.000Z" },
    end: { earliest: "2026-03-01T12:00:30.000Z", latest: "2026-03-01T12:01:00.000Z" },
    detectedAt: "2026-03-01T11:02:00.000Z",
  };
  await store.incidents.put([loss, { ...loss, id: "block-1", kind: "block", targets: ["orda.kz"] }], T0 + 3 * HOUR);
  await store.close();
});
afterAll(() => collector.close());

async function get(path: string): Promise<{ status: number; text: string; type: string }> {
  const answer = await fetch(`${collector.url}/compat/${path}`);
  const [text, type] = [await answer.text(), answer.headers.get("content-type") ?? ""];
  if (type.includes("json")) described.check(`/compat/${path}`, { status: answer.status, type, text });
  return { status: answer.status, text, type };
}
const json = async (path: string) => JSON.parse((await get(path)).text) as Record<string, unknown>;

/** As OONI's aggregation is called and answers (facts on its API): names of fields, counts, and axes beside them. */
const AGGREGATION = {
  v: 0,
  dimension_count: 1,
  db_stats: {
    row_count: expect.any(Number),
    bytes: 0,
    total_row_count: expect.any(Number),
    elapsed_seconds: expect.any(Number),
  },
};
const counts = (anomaly: number, confirmed: number, failure: number, ok: number) => ({
  ...{ anomaly_count: anomaly, confirmed_count: confirmed, failure_count: failure, ok_count: ok },
  measurement_count: anomaly + confirmed + failure + ok,
});

describe("OONI's aggregation", () => {
  test("has its shape by one axis, with no row of a place of few probes", async () => {
    const answer = await json(`ooni/v1/aggregation?${WINDOW}&axis_x=probe_asn&probe_cc=KZ`);
    expect(answer).toEqual({
      ...AGGREGATION,
      result: [{ ...counts(1, 1, 1, 2), probe_asn: "AS9198" }],
      suppressed_rows: 1,
    });
  });

  test("has one object without an axis, and is exact for the whole country", async () => {
    expect(await json(`ooni/v1/aggregation?${WINDOW}`)).toEqual({
      ...{ ...AGGREGATION, dimension_count: 0 },
      result: counts(1, 1, 1, 3),
      suppressed_rows: 0,
    });
  });

  test("has a row for each pair of two axes, by the finest grain allowed", async () => {
    const { result } = await json(
      `ooni/v1/aggregation?${WINDOW}&axis_x=measurement_start_day&axis_y=domain&time_grain=day`,
    );
    expect(result).toEqual([
      { ...counts(1, 1, 0, 1), measurement_start_day: "2026-03-01", domain: "orda.kz" },
      { ...counts(0, 0, 1, 1), measurement_start_day: "2026-03-01", domain: "vlast.kz" },
      { ...counts(0, 0, 0, 1), measurement_start_day: "2026-03-02", domain: "orda.kz" },
    ]);
    const hours = await json(`ooni/v1/aggregation?${WINDOW}&axis_x=measurement_start_day&domain=www.vlast.kz`);
    expect(hours.result).toMatchObject([
      { measurement_start_day: "2026-03-01T12:00:00Z" },
      { measurement_start_day: "2026-03-01T13:00:00Z" },
    ]);
  });

  test.each([
    ["domain=orda.kz", counts(1, 1, 0, 2)],
    ["category_code=NEWS&input=https://vlast.kz/", counts(0, 0, 1, 1)],
    ["probe_asn=AS9198,29355&test_name=web_connectivity", counts(1, 1, 1, 2)],
    ["test_name=telegram", counts(0, 0, 0, 0)],
    ["probe_cc=RU", counts(0, 0, 0, 0)],
    ["probe_region=KZ-75&domain=orda.kz", counts(1, 1, 0, 1)],
  ])("is narrowed by %s", async (query, wanted) => {
    expect((await json(`ooni/v1/aggregation?${WINDOW}&${query}`)).result).toEqual(wanted);
  });

  test("comes as CSV", async () => {
    const { text, type } = await get(`ooni/v1/aggregation?${WINDOW}&axis_x=probe_region&format=CSV`);
    expect(type).toContain("text/csv");
    expect(text.split("\r\n").slice(0, 2)).toEqual([
      "anomaly_count,confirmed_count,failure_count,ok_count,measurement_count,probe_region",
      "1,1,1,2,5,KZ-75",
    ]);
  });

  test.each([
    ["axis_x=domain&axis_y=domain", "axis_y"],
    ["time_grain=year", "time_grain"],
    ["since=2026-03-04", "since"],
    ["axis_x=color", "axis_x"],
    ["probe_asn=Kcell", "probe_asn"],
  ])("answers %s with a problem that names the parameter", async (query, name) => {
    const until = query.startsWith("since") ? "until=2026-03-03" : WINDOW;
    const { status, text } = await get(`ooni/v1/aggregation?${until}&${query}`);
    expect([status, text]).toEqual([400, expect.stringContaining(name)]);
  });
});

describe("OONI's list of measurements", () => {
  test("has its shape, and pages by next_url", async () => {
    const first = (await json(`ooni/v1/measurements?${WINDOW}&limit=4`)) as {
      metadata: { next_url: string };
      results: { input: string; measurement_start_time: string }[];
    };
    expect(first.metadata).toEqual({
      ...{ count: -1, current_page: 1, limit: 4, next_url: expect.any(String), offset: 0, pages: -1 },
    });
    const second = await json(first.metadata.next_url.replace("/compat/", ""));
    const all = [...first.results, ...(second.results as typeof first.results)];
    expect(all.map(({ measurement_start_time: time }) => time)).toEqual([
      "2026-03-02T12:00:00Z",
      "2026-03-01T14:00:00Z",
      "2026-03-01T13:00:00Z",
      "2026-03-01T12:00:00Z",
      "2026-03-01T11:00:00Z",
      "2026-03-01T10:00:00Z",
    ]);
    expect(second.metadata).toMatchObject({ next_url: null });
  });

  test.each([
    ["confirmed=true", [["orda.kz", true, true, false, "AS9198", "KZ-75"]]],
    ["anomaly=true&confirmed=false", [["orda.kz", true, false, false, "AS9198", "KZ-75"]]],
    ["failure=true", [["vlast.kz", false, false, true, "AS9198", "KZ-75"]]],
    ["probe_asn=AS29355", [["orda.kz", false, false, false, "AS29355", "KZ"]]],
    ["probe_region=KZ-71", []],
    ["offset=5", [["orda.kz", true, false, false, "AS9198", "KZ-75"]]],
  ])("is narrowed by %s", async (query, wanted) => {
    const { results } = (await json(`ooni/v1/measurements?${WINDOW}&${query}`)) as {
      results: Record<string, unknown>[];
    };
    expect(
      results.map((row) => [
        String(row.input).replace(/^https:\/\/|\/$/g, ""),
        ...[row.anomaly, row.confirmed, row.failure, row.probe_asn, row.probe_region],
      ]),
    ).toEqual(wanted);
  });
});

test("OONI's raw measurement is a web_connectivity report, without the address of the home", async () => {
  const probe = await collector.probe();
  await post(collector.url, packed(probe.batch([probe.write(webDraft())])));
  const today = new Date().toISOString().slice(0, 10);
  const list = async () =>
    (await json(`ooni/v1/measurements?since=${today}`)).results as {
      measurement_url: string;
      measurement_uid: string;
    }[];
  await until("it is judged", async () => (await list()).length === 1);
  const [row] = await list();
  const { text } = await get(row?.measurement_url.replace("/compat/", "") ?? "");
  expect(JSON.parse(text)).toMatchObject({
    ...{ test_name: "web_connectivity", data_format_version: "0.2.0", probe_cc: "KZ", input: "https://orda.kz/" },
    test_keys: { accessible: true, blocking: false, queries: [{ hostname: "orda.kz" }] },
  });
  expect(text).not.toContain("192.168.7.1");
  expect((await get("ooni/v1/raw_measurement?measurement_uid=20220104T093000123Z-0123456789abcdef")).status).toBe(404);
});

/** As IODA's API answers (facts on version 2): the times of values are from + i * step, in seconds. */
const IODA = {
  metadata: { requestTime: expect.any(String), responseTime: expect.any(String) },
  ...{
    requestParameters: expect.any(Object),
    error: null,
    perf: null,
    copyright: expect.stringContaining("CC BY 4.0"),
  },
};
const S0 = T0 / 1000;

describe("IODA's signals", () => {
  test("have its shape: a list for each entity, an item for each source", async () => {
    const query = `from=${S0}&until=${S0 + 7200}&datasource=kuager-present-min,kuager-expected`;
    const answer = await json(`ioda/v2/signals/raw/region/KZ-75?${query}&maxPoints=4`);
    const item = {
      ...{ entityType: "region", entityCode: "KZ-75", entityName: "Almaty", entityFqid: "region/KZ-75", subtype: "" },
      ...{ from: S0, until: S0 + 7200, step: 1800, nativeStep: 300 },
    };
    expect(answer).toEqual({
      ...{ ...IODA, type: "signals" },
      data: [
        [
          { ...item, datasource: "kuager-present-min", values: [3, 3, 2, 2] },
          { ...item, datasource: "kuager-expected", values: [3, 3, 3, 3] },
        ],
      ],
    });
  });

  test("of few probes have no values; of several entities there is a list each", async () => {
    const answer = await json(
      `ioda/v2/signals/raw/asn/29355,9198?from=${S0}&until=${S0 + 600}&datasource=kuager-present-max`,
    );
    expect(answer.data).toMatchObject([[{ values: [null, null] }], [{ values: [3, 3] }]]);
  });

  test.each([
    ["signals/raw/country/RU", 404],
    ["signals/raw/planet/KZ", 404],
    ["signals/raw/country/KZ?datasource=bgp", 400],
    ["signals/raw/country/KZ?from=1&until=100000000", 422],
    ["signals/raw/country/KZ?from=yesterday", 400],
    ["signals/raw/country/KZ?from=-1h&until=now", 200],
  ])("%s is answered with %i", async (path, status) => {
    expect((await get(`ioda/v2/${path}`)).status).toBe(status);
  });
});

describe("IODA's outage events", () => {
  test("are our losses of the line", async () => {
    const answer = await json(`ioda/v2/outages/events?from=${S0}&until=${S0 + 86_400}`);
    expect(answer.data).toEqual([
      {
        ...{ location: "region/KZ-75", location_name: "Almaty", start: S0 + 3630, duration: 3600, uncertainty: 30 },
        ...{ status: 0, fraction: null, score: 2, overlaps_window: false, datasource: "kuager" },
        ...{ method: "shutdown.total", id: "cut-1" },
      },
    ]);
    const elsewhere = "entityType=region&entityCode=KZ-71";
    expect((await json(`ioda/v2/outages/events?from=${S0}&until=${S0 + 86_400}&${elsewhere}`)).data).toEqual([]);
  });
});

describe("IODA's entities", () => {
  test("are the country, its 20 regions and its networks", async () => {
    const regions = await json("ioda/v2/entities/query?entityType=region&relatedTo=country/KZ");
    expect(regions.data).toHaveLength(20);
    expect(await json("ioda/v2/entities/query?entityType=country&entityCode=KZ")).toMatchObject({
      type: "entities",
      data: [{ code: "KZ", name: "Kazakhstan", type: "country", subnames: [], attrs: { fqid: "country/KZ" } }],
    });
  });
});
