import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import type { WorldEvent } from "../../../protocol/event.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { ProbeConfig, Problem } from "../../../protocol/wire.ts";
import { until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { greet, packed, post, type TestProbe, webDraft } from "../test-probe.ts";
import { type Described, describedBy } from "./described.ts";

let collector: TestCollector;
let witness: TestProbe;
let described: Described;
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
  described = await describedBy(collector.url);
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
  const type = answer.headers.get("content-type") ?? "";
  if (/^\/api\/v1\/(?!nothing)/.test(path)) described.check(path, { status: answer.status, type, text });
  return { status: answer.status, headers: answer.headers, text, json: (): unknown => JSON.parse(text) };
}

describe("an answer of the API has the form that the API describes", () => {
  test.each([
    "/api/v1/incidents",
    "/api/v1/events",
    "/api/v1/coverage",
    "/api/v1/probes",
    "/api/v1/presence",
    "/api/v1/states",
    "/api/v1/reports",
    "/api/v1/targets",
    "/api/v1/measurements",
    "/api/v1/timeline?from=2026-01-01&to=2026-01-02&region=KZ-75&asn=9198&lanes=1",
    "/api/v1/timeline?around=e1",
  ])("%s", async (path) => {
    const { status, json } = await get(path);
    expect(status).toBe(200);
    expect(json()).toMatchObject({
      ...{ license: "CC BY 4.0", generated_at: expect.any(String), as_of: expect.any(String) },
      ...{
        methodology_version: expect.stringMatching(/^\d+$/),
        cite: expect.stringContaining(path.split("?")[0] ?? ""),
      },
      coverage: { probes: expect.toSatisfy((value) => value === null || typeof value === "number") },
    });
  });

  test("the configuration of probes is as the protocol has it", async () => {
    const { json } = await get("/uplink/v1/config");
    expect(() => ProbeConfig.parse(json())).not.toThrow();
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
      "id,kind,sanctioned,place,title,start,end,precision,source,local_time,utc_offset,place_name,title_en,title_ru,title_kk\r\n" +
        `e1,rally,unsanctioned,KZ-75,"'=1+1, a rally",2026-01-01T00:00:00.000Z,,hour,https://example.org/,` +
        "2026-01-01T05:00:00,+05:00,Almaty,,,\r\n",
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
    ).toEqual([{ ...incident, number: null, state: "unpublished" }]);
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
    ["/uplink/v1/config?probe=me", "probe"],
  ])("%s is answered with a problem that names the parameter", async (path, parameter) => {
    const { status, headers, json } = await get(path);
    expect(status).toBe(400);
    expect(headers.get("content-type")).toContain("application/problem+json");
    const problem = Problem.parse(json());
    expect(problem.detail).toContain(`${parameter}:`);
  });

  test("whose address a reader mistyped is answered with a page that names the part", async () => {
    const { status, headers, text } = await get("/timeline?region=1");
    expect(status).toBe(400);
    expect(headers.get("content-type")).toContain("text/html");
    expect(text).toContain('"refused":"region: ');
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
    expect(json()).toMatchObject({ incidents: [], as_of: "2026-01-01T00:01:00.000Z" });
  });

  test("for a page of measurements gives a cursor to the next", async () => {
    const first = await get("/api/v1/measurements?limit=1");
    const { next, measurements } = first.json() as { next: string; measurements: { target: string }[] };
    expect(first.headers.get("link")).toContain(`</api/v1/measurements?limit=1&cursor=${next}>; rel="next"`);
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
