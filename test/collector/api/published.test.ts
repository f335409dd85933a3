import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { review } from "../../../collector/publication/review.ts";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { PublishedVersion } from "../../../protocol/publication.ts";
import { block } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";

let collector: TestCollector;
const NUMBER = "KZ-2026-0001";

beforeAll(async () => {
  collector = await startCollector();
  const store = await openStore(collector.folder);
  const settle = () => settlePublication(store, { at: Date.now(), rulesVersion: "test/1", settleMs: 0 });
  await store.incidents.put(
    [block("aaaa", 0), block("quiet", 0, { confidence: "observed", targets: ["vlast.kz"] })],
    1000,
  );
  await settle();
  await store.incidents.put([block("aaaa", 0, { confidence: "confirmed", method: "tls_reset" })], 2000);
  await settle();
  const by = { reviewer: { role: "editor", name: "x" }, at: Date.now(), rulesVersion: "test/1" };
  await review(store, { act: "note", subject: NUMBER, note: { en: "see the statement of that day" } }, by);
  await store.close();
});
afterAll(() => collector.close());

async function get(path: string) {
  const answer = await fetch(`${collector.url}${path}`, { redirect: "manual" });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) };
}

/** The view that a test page shows as JSON. */
async function view(path: string) {
  const { text } = await get(path);
  return JSON.parse(/<pre>(.*)<\/pre>/s.exec(text)?.[1] ?? "null");
}

describe("the API", () => {
  test("gives number and version with each row, in JSON and CSV, and none where nothing is published", async () => {
    const { incidents } = (await get("/api/v1/incidents")).json();
    expect(incidents.map(({ id, number, version }: Record<string, unknown>) => [id, number, version])).toEqual([
      ["quiet", null, undefined],
      ["aaaa", NUMBER, 3],
    ]);
    const { text } = await get(`/api/v1/incidents.csv?id=${NUMBER}`);
    expect(
      text
        .split("\r\n")
        .slice(0, 2)
        .map((line) => line.split(",").slice(0, 4)),
    ).toEqual([
      ["id", "number", "version", "kind"],
      ["aaaa", NUMBER, "3", "block"],
    ]);
  });

  test("gives a published incident by its number, and by an id that leads to it", async () => {
    const one = (await get(`/api/v1/incidents/${NUMBER}`)).json();
    expect(one).toMatchObject({
      incident: { id: "aaaa", number: NUMBER, version: 3, confidence: "confirmed" },
      publication: { change: "review", role: "editor", versions: 3 },
      ...{ legal: [{ id: "none-orda.kz", basis: "no known legal basis" }], registry: [] },
    });
    expect((await get("/api/v1/incidents/aaaa")).json()).toMatchObject({ incident: { number: NUMBER } });
    expect((await get("/api/v1/incidents/quiet")).json()).toMatchObject({
      incident: { number: null },
      publication: null,
    });
    expect((await get("/api/v1/incidents/KZ-2026-0009")).status).toBe(404);
    expect((await get("/api/v1/incidents/nothing")).status).toBe(404);
  });

  test("lists the versions of a number, newest first", async () => {
    const { versions } = (await get(`/api/v1/incidents/${NUMBER}/versions`)).json();
    expect(versions.map((one: unknown) => PublishedVersion.parse(one).version)).toEqual([3, 2, 1]);
  });

  test("gives a version as the same bytes for ever", async () => {
    const first = await get(`/api/v1/incidents/${NUMBER}/versions/1`);
    expect(first.text).toBe(canonicalJson(JSON.parse(first.text)));
    expect(first.headers.get("cache-control")).toContain("immutable");
    expect(first.json()).toMatchObject({ version: 1, incident: { confidence: "probable" } });
    expect((await get(`/api/v1/incidents/${NUMBER}/versions/9`)).status).toBe(404);
    expect((await get(`/api/v1/incidents/${NUMBER}/versions/x`)).status).toBe(400);
  });

  test("tells what one version says differently from another", async () => {
    expect((await get(`/api/v1/incidents/${NUMBER}/difference?from=1&to=3`)).json().differences).toEqual([
      { field: "confidence", before: "probable", after: "confirmed" },
      { field: "method", before: "tls_drop", after: "tls_reset" },
    ]);
    expect((await get(`/api/v1/incidents/${NUMBER}/difference?from=1&to=9`)).status).toBe(400);
  });
});

describe("a permanent address", () => {
  test.each(["", "/kk", "/ru", "/en"])("%s/i/NUMBER shows the newest version and names all", async (prefix) => {
    const { incident, publication } = await view(`${prefix}/i/${NUMBER}`);
    expect(incident.confidence).toBe("confirmed");
    expect(publication).toMatchObject({ number: NUMBER, shown: 3 });
    expect(publication.versions).toHaveLength(3);
  });

  test.each(["", "/kk", "/ru", "/en"])("%s/i/NUMBER/v1 shows that version, whatever came later", async (prefix) => {
    const { incident, publication, asOf } = await view(`${prefix}/i/${NUMBER}/v1`);
    expect(incident.confidence).toBe("probable");
    expect(publication.shown).toBe(1);
    expect(asOf).toBe(publication.versions.at(-1).publishedAt);
    const { difference } = await view(`${prefix}/i/${NUMBER}/v3?diff=1`);
    expect(difference).toMatchObject({ from: 1, to: 3, fields: [{ field: "confidence" }, { field: "method" }] });
  });

  test("is where an id of the analysis leads, in the language asked for; with a moment it stays what it was", async () => {
    for (const prefix of ["", "/kk"]) {
      const { status, headers } = await get(`${prefix}/i/aaaa`);
      expect([status, headers.get("location")]).toEqual([302, `${prefix}/i/${NUMBER}`]);
    }
    expect((await get("/en/i/aaaa?as_of=1970-01-01T00:00:01.500Z")).status).toBe(200);
    expect((await get("/en/i/quiet")).status).toBe(200);
  });

  test("of what is not there is a page that says so", async () => {
    for (const path of [`/i/${NUMBER}/v9`, `/i/${NUMBER}/vx`, "/i/KZ-2026-0009", "/i/KZ-2026-0009/v1", "/i/none"])
      expect((await get(path)).status, path).toBe(404);
  });
});
