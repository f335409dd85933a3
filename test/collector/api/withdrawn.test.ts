import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { review } from "../../../collector/publication/review.ts";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { block } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";

let collector: TestCollector;
/** Numbers by the site that each incident is of. */
let numbers: Record<string, string>;

const SITES = { stays: "orda.kz", wrong: "vlast.kz", part: "holanews.kz", gone: "azattyq.org", fresh: "kloop.kg" };

/** Five incidents: one that grew since its version, one withdrawn on review, one merged, one taken back, one unpublished. */
beforeAll(async () => {
  collector = await startCollector();
  const store = await openStore(collector.folder);
  const settle = () => settlePublication(store, { at: Date.now(), rulesVersion: "test/1", settleMs: 0 });
  const held = (more: Partial<Incident> = {}) => [
    block("stays", 0, { targets: [SITES.stays], ...more }),
    block("wrong", 60_000, { targets: [SITES.wrong] }),
    block("part", 120_000, { targets: [SITES.part] }),
  ];
  await store.incidents.put([...held(), block("gone", 180_000, { targets: [SITES.gone] })], 1000);
  await settle();
  const newest = await store.publications.newest();
  numbers = Object.fromEntries(newest.map(({ number, incident }) => [incident.id, number]));
  await store.incidents.withdraw(["gone"], 2000);
  await settle();
  const by = { reviewer: { role: "editor", name: "x" }, at: Date.now(), rulesVersion: "test/1" };
  const note = { en: "It was the site's own fault.", ru: "Сайт был неисправен." };
  await review(store, { act: "tombstone", subject: numbers.wrong ?? "", note }, by);
  await review(store, { act: "merge", subject: numbers.part ?? "", other: numbers.stays ?? "", note }, by);
  // The analysis learns more; no version tells it yet.
  const end = { earliest: "2026-03-01T05:00:00.000Z", latest: "2026-03-01T05:01:00.000Z" };
  await store.incidents.put(held({ confidence: "confirmed", end, witnesses: 9 }), 3000);
  await store.incidents.put([block("fresh", 240_000, { targets: [SITES.fresh], confidence: "observed" })], 3000);
  await store.close();
});
afterAll(() => collector.close());

async function text(path: string) {
  return (await fetch(`${collector.url}${path}`)).text();
}
async function rows(query = ""): Promise<Record<string, Record<string, unknown>>> {
  const { incidents } = JSON.parse(await text(`/api/v1/incidents${query}`)) as { incidents: Record<string, unknown>[] };
  return Object.fromEntries(incidents.map((row) => [String(row.number ?? row.id), row]));
}
/** The view that a test page shows as JSON. */
async function view(path: string) {
  return JSON.parse(/<pre>(.*)<\/pre>/s.exec(await text(path))?.[1] ?? "null");
}
async function csvRows(query = ""): Promise<Record<string, string>[]> {
  const [head = "", ...lines] = (await text(`/api/v1/incidents.csv${query}`)).trim().split("\r\n");
  const cells = (line: string) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  return lines.map((line) => Object.fromEntries(cells(head).map((name, at) => [name, cells(line)[at] ?? ""])));
}

describe("a row of the list", () => {
  test("says in which state it is, and each of them stands once", async () => {
    const found = await rows();
    expect(Object.fromEntries(Object.entries(found).map(([key, { state }]) => [key, state]))).toEqual({
      [numbers.stays ?? ""]: "published",
      [numbers.wrong ?? ""]: "withdrawn",
      [numbers.part ?? ""]: "merged",
      [numbers.gone ?? ""]: "withdrawn",
      fresh: "unpublished",
    });
  });

  test("that was withdrawn says when, by whom and why; that was merged, into which", async () => {
    const found = await rows();
    const at = expect.stringMatching(/^\d{4}-/);
    expect(found[numbers.wrong ?? ""]).toMatchObject({
      withdrawn: { at, by: "review", reason: { en: "It was the site's own fault.", ru: "Сайт был неисправен." } },
    });
    expect(found[numbers.gone ?? ""]).toMatchObject({ withdrawn: { at, by: "records", reason: null } });
    expect(found[numbers.part ?? ""]).toMatchObject({ mergedInto: numbers.stays });
  });

  test("tells what is known now, and says where that is more than its version tells", async () => {
    const row = (await rows())[numbers.stays ?? ""];
    const version = JSON.parse(await text(`/api/v1/incidents/${numbers.stays}/versions/${row?.version}`)) as {
      incident: Incident;
    };
    expect(version.incident).toMatchObject({ confidence: "probable", end: null });
    expect(row).toMatchObject({ confidence: "confirmed", changedSince: true });
    const one = JSON.parse(await text(`/api/v1/incidents/${numbers.stays}`)) as { incident: unknown };
    expect(one.incident).toMatchObject({ confidence: "probable", end: null, changedSince: true });
  });

  test("tells the same in CSV, NDJSON and GeoJSON", async () => {
    const byNumber = Object.fromEntries((await csvRows()).map((row) => [row.number || row.id, row]));
    expect(byNumber[numbers.wrong ?? ""]).toMatchObject({
      ...{ state: "withdrawn", withdrawn_by: "review", withdrawn_reason: "It was the site's own fault." },
    });
    expect(byNumber[numbers.stays ?? ""]).toMatchObject({
      ...{ state: "published", confidence: "confirmed", changed_since: "true", withdrawn_at: "" },
    });
    expect(byNumber[numbers.part ?? ""]).toMatchObject({ state: "merged", merged_into: numbers.stays });
    const lines = (await text("/api/v1/incidents.ndjson")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(Object.values(await rows()));
    const { features } = JSON.parse(await text(`/api/v1/incidents.geojson?id=${numbers.wrong}`));
    expect(features).toMatchObject([{ properties: { state: "withdrawn" } }]);
  });

  test("is picked by its state; what was withdrawn is not open, though it has no end", async () => {
    expect(Object.keys(await rows("?state=withdrawn")).sort()).toEqual(
      [numbers.gone ?? "", numbers.wrong ?? ""].sort(),
    );
    expect(Object.keys(await rows("?open=1")).sort()).toEqual([numbers.stays ?? "", "fresh"].sort());
    expect((await fetch(`${collector.url}/api/v1/incidents?state=lost`)).status).toBe(400);
  });

  test("is found by any id that leads to its number", async () => {
    expect(Object.keys(await rows("?id=part"))).toEqual([numbers.stays]);
  });
});

describe("what a reviewer withdrew", () => {
  test("is in no number, picture or list of what is going on", async () => {
    const ids = (list: readonly Incident[]) => list.map(({ id }) => id).sort();
    const timeline = JSON.parse(await text("/api/v1/timeline?from=2026-02-28&to=2026-03-03")) as {
      incidents: Incident[];
    };
    expect(ids(timeline.incidents)).toEqual(["fresh", "part", "stays"]);
    expect(ids((await view("/en")).open)).toEqual(["fresh", "part"]);
    expect(ids((await view("/en/regions")).open)).toEqual(["fresh", "part"]);
    expect(ids((await view("/en/regions/KZ-75")).open)).toEqual(["fresh", "part"]);
    expect(ids((await view("/en/targets/vlast.kz")).incidents)).toEqual([]);
    expect(ids((await view("/en/matrix?at=2026-03-01T01:00:00Z")).open)).toEqual(["fresh", "part", "stays"]);
  });

  test("stays in the list of the page, marked", async () => {
    const { incidents } = await view("/en/incidents");
    const wrong = incidents.find(({ number }: { number: string }) => number === numbers.wrong);
    expect(wrong).toMatchObject({ state: "withdrawn", withdrawn: { by: "review" } });
    expect(incidents).toHaveLength(5);
  });

  test("is found in the page's list by its state, as in the data", async () => {
    const named = async (state: string) =>
      (await view(`/en/incidents?state=${state}`)).incidents.map(({ id }: Incident) => id).sort();
    expect(await named("withdrawn")).toEqual(["gone", "wrong"]);
    expect(await named("unpublished")).toEqual(["fresh"]);
    expect(await named("merged")).toEqual(["part"]);
    // An address that somebody mistyped shows all.
    expect(await named("lost")).toHaveLength(5);
  });
});
