import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openStore } from "../../../collector/store/open-store.ts";
import { WorldEvent } from "../../../protocol/event.ts";
import { Incident } from "../../../protocol/incident.ts";
import { Utc } from "../../../protocol/primitives.ts";
import { ProbeConfig, Problem } from "../../../protocol/wire.ts";
import { until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { greet, packed, post, type TestProbe, webDraft } from "../test-probe.ts";

let collector: TestCollector;
let witness: TestProbe;
const incident: Incident = {
  ...{ id: "KZ-test-1", kind: "block", method: "tls_drop", extent: null, targets: ["orda.kz"], asns: [9198] },
  ...{
    regions: ["KZ-75"],
    access: ["fixed"],
    end: null,
    confidence: "probable",
    witnesses: 2,
    measurements: 8,
    causes: [],
  },
  start: { earliest: "2026-01-01T00:00:00.000Z", latest: "2026-01-01T00:01:00.000Z" },
  detectedAt: "2026-01-01T00:02:00.000Z",
};
const event: WorldEvent = {
  ...{ id: "e1", kind: "rally", sanctioned: "unsanctioned", place: "KZ-75", title: "=1+1, a rally", precision: "hour" },
  ...{ start: "2026-01-01T00:00:00.000Z", end: null, source: "https://example.org/" },
};

beforeAll(async () => {
  collector = await startCollector({ keep: false });
  const store = await openStore(collector.folder);
  await store.incidents.put([incident], Date.parse(incident.detectedAt));
  await store.events.put([event], Date.now());
  await store.close();
  witness = await collector.probe({ own: true });
  await collector.probe({ role: "control", region: "DE", asn: 3320, access: null });
  const link = {
    kind: "link" as const,
    body: {
      ...{
        state: "domestic" as const,
        since: new Date().toISOString(),
        medium: "ethernet" as const,
        vpn: false,
        portal: false,
      },
      checks: { gateway: null, resolver: null, domestic: [], whitelist: [], foreign: [] },
      ...{ ports: {}, collector: [] },
    },
  };
  await post(
    collector.url,
    packed(witness.batch([witness.write(webDraft()), witness.write(link), witness.write(webDraft("vlast.kz"))])),
  );
});
afterAll(() => collector.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${collector.url}${path}`, { headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: (): unknown => JSON.parse(text) };
}

const Stamped = { generatedAt: Utc, asOf: Utc, rulesVersion: z.string().min(1), license: z.string().min(1) };
const Cell = z.strictObject({
  ...{ role: z.enum(["witness", "control"]), region: z.string().nullable(), asn: z.int().nullable() },
  ...{ access: z.string().nullable(), known: z.int().nullable(), present: z.int().nullable() },
  band: z.literal("1-2").nullable(),
});
const Count = z.strictObject({ known: z.int(), present: z.int() });
const Totals = { totals: z.strictObject({ witnesses: Count, controls: Count }) };
const Point = z.strictObject({
  from: Utc,
  to: Utc,
  min: z.int().nullable(),
  max: z.int().nullable(),
  expected: z.int(),
  few: z.literal(true).optional(),
});
const list = <S extends z.ZodType>(name: string, row: S, more = {}) =>
  z.strictObject({ ...Stamped, ...more, [name]: z.array(row).min(1), next: z.string().nullable() });
const Gaps = z.array(z.strictObject({ from: Utc, to: Utc }));
const Measurement = z.strictObject({
  ...{ record: z.string().length(64), probe: z.string().length(16), at: Utc, received: Utc, kind: z.string() },
  ...{ target: z.string(), asn: z.int().nullable(), region: z.string().nullable(), body: z.unknown() },
});

describe("an answer of the API has the form it should", () => {
  test.each([
    ["/api/v1/incidents", list("incidents", Incident)],
    ["/api/v1/events", list("events", WorldEvent)],
    ["/api/v1/coverage", list("coverage", Cell, Totals)],
    ["/api/v1/probes", list("probes", Cell, Totals)],
    ["/api/v1/presence", list("presence", Point, { gaps: Gaps })],
    ["/api/v1/reports", list("reports", z.looseObject({ id: z.string(), grade: z.enum(["A", "B", "C"]) }))],
    [
      "/api/v1/targets",
      list("targets", z.looseObject({ id: z.string(), why: z.string().min(1) }), { version: z.string() }),
    ],
    ["/api/v1/measurements", list("measurements", Measurement)],
    ["/uplink/v1/config", ProbeConfig],
    [
      "/api/v1/timeline?from=2026-01-01&to=2026-01-02&region=KZ-75&asn=9198",
      z.strictObject({
        ...Stamped,
        numbers: z.record(z.string(), z.string()),
        ...{ names: z.looseObject({}), from: Utc, to: Utc, region: z.literal("KZ-75"), asn: z.literal(9198) },
        ...{
          incidents: z.array(Incident).length(1),
          events: z.array(WorldEvent).length(1),
          reports: z.array(z.unknown()),
        },
        ...{ coverage: z.array(Point).max(200), gaps: Gaps },
      }),
    ],
  ])("%s", async (path, schema) => {
    const { status, json } = await get(path);
    expect(status).toBe(200);
    expect(() => schema.parse(json())).not.toThrow();
  });

  test("verdicts follow measurements", async () => {
    const { status, json } = await get("/api/v1/verdicts");
    expect(status).toBe(200);
    expect(json()).toMatchObject({ verdicts: expect.any(Array) });
  });
});

describe("beside JSON", () => {
  test("CSV has a header and keeps spreadsheets from running text", async () => {
    const { headers, text } = await get("/api/v1/events.csv?from=2026-01-01&to=2026-01-02");
    expect(headers.get("content-type")).toContain("text/csv");
    expect(text).toBe(
      "id,kind,sanctioned,place,title,start,end,precision,source\r\n" +
        `e1,rally,unsanctioned,KZ-75,"'=1+1, a rally",2026-01-01T00:00:00.000Z,,hour,https://example.org/\r\n`,
    );
  });

  test("NDJSON has one object a line", async () => {
    const { headers, text } = await get("/api/v1/incidents.ndjson");
    expect(headers.get("content-type")).toContain("application/x-ndjson");
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([{ ...incident, number: null }]);
  });

  test.each([
    "incidents",
    "events",
    "coverage",
    "probes",
    "presence",
    "reports",
    "targets",
    "measurements",
    "verdicts",
  ])("%s has both", async (name) => {
    expect((await get(`/api/v1/${name}.csv`)).status).toBe(200);
    expect((await get(`/api/v1/${name}.ndjson`)).status).toBe(200);
  });

  test("large answers are compressed for who asks", async () => {
    const { headers } = await get("/api/v1/targets.ndjson", { "accept-encoding": "gzip" });
    expect(headers.get("content-encoding")).toBe("gzip");
  });
});

describe("a question", () => {
  test.each([
    ["/api/v1/incidents?limit=0", "limit"],
    ["/api/v1/incidents?limit=5&limit=6", "limit"],
    ["/api/v1/incidents?region=Almaty", "region"],
    ["/api/v1/incidents?asn=ninety", "asn"],
    ["/api/v1/incidents?from=yesterday", "from"],
    ["/api/v1/incidents?from=2026-01-02&to=2026-01-01", "from"],
    ["/api/v1/incidents?color=red", "color"],
    ["/api/v1/timeline?as_of=2026-13-01", "as_of"],
    ["/api/v1/measurements?cursor=abc", "cursor"],
    ["/timeline?region=1", "region"],
    ["/uplink/v1/config?probe=me", "probe"],
  ])("%s is answered with a problem that names the parameter", async (path, parameter) => {
    const { status, headers, json } = await get(path);
    expect(status).toBe(400);
    expect(headers.get("content-type")).toContain("application/problem+json");
    const problem = Problem.parse(json());
    expect(problem.detail).toContain(`${parameter}:`);
  });

  test.each(["/api/v1/nothing", "/uplink/v9", "/assets/none.js"])(
    "about %s is answered with a problem",
    async (path) => {
      const { status, headers, json } = await get(path);
      expect(status).toBe(404);
      expect(headers.get("content-type")).toContain("application/problem+json");
      expect(Problem.parse(json()).code).toBe("not_found");
    },
  );

  test("by region or network narrows incidents", async () => {
    expect((await get("/api/v1/incidents?region=KZ-75&asn=AS9198")).json()).toMatchObject({
      incidents: [{ id: incident.id }],
    });
    expect((await get("/api/v1/incidents?region=KZ-71")).json()).toMatchObject({ incidents: [] });
    expect((await get("/api/v1/incidents?asn=1")).json()).toMatchObject({ incidents: [] });
    expect((await get("/api/v1/incidents?target=vlast.kz")).json()).toMatchObject({ incidents: [] });
  });

  test("as of a time before an incident was known does not tell it", async () => {
    const { json } = await get("/api/v1/incidents?as_of=2026-01-01T00:01:00Z");
    expect(json()).toMatchObject({ incidents: [], asOf: "2026-01-01T00:01:00.000Z" });
  });

  test("for a page of measurements gives a cursor to the next", async () => {
    const first = await get("/api/v1/measurements?limit=1");
    const { next, measurements } = first.json() as { next: string; measurements: { target: string }[] };
    expect(first.headers.get("link")).toBe(`</api/v1/measurements?limit=1&cursor=${next}>; rel="next"`);
    const second = (await get(`/api/v1/measurements?limit=1&cursor=${next}`)).json();
    expect(second).toMatchObject({
      measurements: [{ target: measurements[0]?.target === "orda.kz" ? "vlast.kz" : "orda.kz" }],
    });
  });
});

describe("what is public", () => {
  test.each(["incidents", "measurements", "verdicts", "coverage", "probes", "presence", "timeline"])(
    "%s names no probe, no chain and no home address",
    async (name) => {
      const { text } = await get(`/api/v1/${name}`);
      expect(text).not.toContain(witness.id);
      expect(text).not.toContain("192.168.7.1");
      expect(text).not.toContain("NCALayer listens");
      expect(text).not.toMatch(/"(boot|mono|prev|seq)"/);
    },
  );

  test("rows of one probe and day share a pseudonym", async () => {
    const { measurements } = (await get("/api/v1/measurements")).json() as { measurements: { probe: string }[] };
    expect(new Set(measurements.map(({ probe }) => probe)).size).toBe(1);
  });
});

describe("a page", () => {
  test.each([
    ["/", {}, "en"],
    ["/", { "accept-language": "kk-KZ,ru;q=0.8" }, "kk"],
    ["/", { "accept-language": "de, ru;q=0.5, en;q=0.4" }, "ru"],
    ["/?lang=kk&utm_source=x", {}, "kk"],
    ["/ru", {}, "ru"],
    ["/kk/timeline", {}, "kk"],
    ["/timeline?region=&lang=ru", {}, "ru"],
  ])("%s %j is in %s, with headers that keep strangers out and no cookie", async (path, headers, language) => {
    const answer = await get(path, headers);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`<html lang="${language}">`);
    expect(answer.headers.get("content-language")).toBe(language);
    const policy = answer.headers.get("content-security-policy") ?? "";
    for (const part of [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self' data:",
      "script-src 'self'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(part);
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test("that is not there is a page too", async () => {
    const answer = await get("/kk/nowhere");
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('<html lang="kk">not found');
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("'s files are served with their type", async () => {
    const answer = await get("/assets/site.css");
    expect(answer.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(answer.text).toBe("body{}");
  });

  test("of now shows coverage without controls, the own line and what was measured", async () => {
    const { line } = await greet(collector.url, witness);
    await until("the witness is present", async () => ((await view()).coverage[0]?.present ?? 0) === 1);
    const now = await view();
    expect(now.coverage).toEqual([{ region: "KZ-75", asn: 9198, access: "fixed", known: 1, present: 1 }]);
    expect(now).toMatchObject({ controls: { known: 1 }, ownLine: { state: "domestic" }, measurements: { total: 2 } });
    expect(now).toMatchObject({ open: [{ id: incident.id }] });
    line.socket.close();
  });

  async function view() {
    const { text } = await get("/en");
    return JSON.parse(text.slice(text.indexOf("<pre>") + 5, text.indexOf("</pre>"))) as {
      coverage: { present: number }[];
    };
  }
});

test("the health check says ok", async () => {
  expect((await get("/healthz")).json()).toEqual({ ok: true });
});
