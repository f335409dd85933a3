import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { pages } from "../../../dashboards/pages.ts";
import { block } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { type Described, describedBy } from "./described.ts";

/** What programs ask for. Left out: pages for people with their files, and what probes say (docs/schema). */
const FOR_PROGRAMS = /^\/(?:api\/|compat\/|data\/|bundles\/|drafts\/|feeds\/|chart\/|verify-offline|openapi|healthz)/;

let collector: TestCollector;
let described: Described;
const routes: string[] = [];
beforeAll(async () => {
  collector = await startCollector({
    pages,
    routed: (method, route) => void (method === "GET" && routes.push(route)),
  });
  described = await describedBy(collector.url);
  const store = await openStore(collector.folder);
  await store.incidents.put([block("one", 0)], Date.now());
  await settlePublication(store, { at: Date.now(), rulesVersion: "test/1", settleMs: 0 });
  const stamp = { size: 1, kind: "ots", authority: "https://a.example", made: 0, note: "", answer: Buffer.from([1]) };
  await store.log.addStamp({ ...stamp, kind: "ots" });
  await store.log.addCosignature({ size: 1, witness: "w.example+1+k", made: 0, line: "— w.example" });
  await store.close();
});
afterAll(() => collector.close());

/** The same for a route and for its description: parts that vary are only that. */
const plain = (path: string) => path.replaceAll(/:\w+|\{\w+\}/g, "{}").replaceAll(/(?:\/\{\})+/g, "/{}");
/** Whether a route answers what a path of the description asks; one that ends with a star answers all below it. */
const answers = (route: string, path: string) =>
  route.endsWith("*") ? path.startsWith(route.slice(0, -1)) : route === path;

describe("the description of the API", () => {
  test("tells every route that programs ask, and none that there is not", () => {
    const asked = new Set(routes.filter((route) => FOR_PROGRAMS.test(route)).map(plain));
    const told = new Set(Object.keys(described.spec.paths).map(plain));
    expect(asked.size).toBeGreaterThan(80);
    expect([...asked].filter((route) => ![...told].some((path) => answers(route, path)))).toEqual([]);
    expect([...told].filter((path) => ![...asked].some((route) => answers(route, path)))).toEqual([]);
  });

  test.each([
    ["/api/v1/log/witnesses", "application/json"],
    ["/api/v1/log/stamps", "application/json"],
    [
      "/api/v1/log/stamp?size=1&sha256=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
      "application/vnd.opentimestamps.v1",
    ],
    ["/api/v1/statements", "application/json"],
    ["/verify-offline.html", "text/html"],
    ["/drafts/KZ-2026-0001-v1-court.kk.txt", "text/plain"],
    ["/feeds/incidents.atom?confidence=observed", "application/atom+xml"],
    ["/feeds/incidents.json", "application/feed+json"],
    ["/feeds/incidents.ics?lang=kk", "text/calendar"],
    ["/chart/timeline.png?region=KZ-75&events=0", "image/png"],
    ["/chart/matrix.png", "image/png"],
    ["/chart/map.png?lang=kk", "image/png"],
    ["/chart/regions/KZ-75.png", "image/png"],
    ["/chart/map.svg", "image/svg+xml"],
    ["/chart/i/KZ-2026-0001.svg", "image/svg+xml"],
    ["/chart/networks/AS9198.png", "image/png"],
    ["/chart/targets/orda.kz.png", "image/png"],
    ["/healthz", "application/json"],
  ])("fits what is answered to %s", async (path, type) => {
    const answer = await fetch(`${collector.url}${path}`);
    expect(answer.status).toBe(200);
    const is = answer.headers.get("content-type") ?? "";
    expect(is.split(";")[0]).toBe(type);
    const text = type.includes("json") ? await answer.text() : "";
    described.check(path, { status: 200, type: is, text });
  });

  test.each(["/drafts/none", "/bundles/none", "/chart/regions/none", "/api/v1/log/stamp?size=1"])(
    "tells how %s is refused",
    async (path) => {
      const answer = await fetch(`${collector.url}${path}`);
      const type = answer.headers.get("content-type") ?? "";
      expect(type).toContain("application/problem+json");
      described.check(path, { status: answer.status, type, text: await answer.text() });
    },
  );
});
