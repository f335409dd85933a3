import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import type { TestCollector } from "../test-collector.ts";
import { accountIn, type Client, signedIn } from "./desk.ts";
import { filledCollector } from "./filled.ts";

let collector: TestCollector;
let reviewer: Client;
beforeAll(async () => {
  collector = await filledCollector();
  reviewer = await signedIn(collector, await accountIn(collector, "dana", "reviewer"));
});
afterAll(() => collector.close());

type Version = { number: string; version: number; change: string; note: { en?: string } | null };
async function versions(number: string): Promise<Version[]> {
  const store = await openStore(collector.folder);
  // The cast narrows to what is looked at here.
  const found = (await store.publications.versions(number)) as unknown as Version[];
  await store.close();
  // The store gives the newest first; here they are told in order.
  return [...found].reverse();
}
const changes = async (number: string) => (await versions(number)).map(({ change }) => change);
const act = (id: string, fields: Readonly<Record<string, string>>) =>
  reviewer.post(`/admin/en/incidents/${id}`, fields);
const page = (number: string) => fetch(`${collector.url}/en/i/${number}`);

describe("a reviewer", () => {
  test("is led from a report to an incident by its number where it has one", async () => {
    const store = await openStore(collector.folder);
    const report = { kind: "block", place: "KZ", end: null, precision: "day", grade: "C" } as const;
    const title = { kk: "x", ru: "x", en: "x" };
    const more = { id: "led", targets: [], title, start: new Date().toISOString(), source: "https://example.org/" };
    await store.reports.put({ report: { ...report, ...more }, withdrawn: false }, Date.now());
    await store.close();
    const { text } = await reviewer.get("/admin/en/reports");
    expect(text).toContain('<a href="/admin/en/incidents/KZ-2026-0001">KZ-2026-0001</a>');
    expect(text).not.toContain("/admin/en/incidents/one");
  });

  test("publishes what was only observed, and it gets a number and a page", async () => {
    const list = await reviewer.get("/admin/en/incidents");
    expect(list.text).toContain("/admin/en/incidents/three");
    const before = await reviewer.get("/admin/en/incidents/three");
    expect(before.status).toBe(200);
    const done = await act("three", { act: "publish", "note-en": "Seen by a partner as well" });
    expect(done.status).toBe(303);
    const number = /KZ-\d{4}-\d{4}/.exec(done.to ?? "")?.[0] ?? "";
    expect(await versions(number)).toMatchObject([{ version: 1, note: { en: "Seen by a partner as well" } }]);
    expect((await page(number)).status).toBe(200);
    // The act was done to the id that the analysis gave; the page of the number tells it too.
    const told = await reviewer.get(`/admin/en/incidents/${number}`);
    expect(told.text).not.toContain("No act of review yet");
    expect(told.text).toContain("<b>Publish</b> three");
  });

  test("corrects by an erratum, which readers see, and must say in what", async () => {
    const silent = await act("KZ-2026-0001", { act: "erratum" });
    expect(silent).toMatchObject({ status: 400, text: expect.stringContaining("say why") });
    expect(await act("KZ-2026-0001", { act: "erratum", "note-en": "The network was another one" })).toMatchObject({
      status: 303,
    });
    expect((await versions("KZ-2026-0001")).at(-1)).toMatchObject({ change: "review", erratum: true });
    expect(await (await page("KZ-2026-0001")).text()).toContain("The network was another one");
    const feed = await (await fetch(`${collector.url}/feeds/incidents.atom`)).text();
    expect(feed).toContain("The network was another one");
  });

  test("holds back what has a number: nothing further of it is published until it is published again", async () => {
    expect(await act("KZ-2026-0001", { act: "hold back" })).toMatchObject({ status: 303 });
    expect((await reviewer.get("/admin/en/incidents/KZ-2026-0001")).text).toContain("held back");
    expect(await act("KZ-2026-0001", { act: "publish" })).toMatchObject({ status: 303 });
  });

  test.each([
    ["merge", { other: "KZ-2026-0002" }],
    ["split", { regions: "KZ-75" }],
    ["tombstone", {}],
  ])("is asked twice before a %s, and nothing is done before", async (kind, more) => {
    const before = await versions("KZ-2026-0001");
    const asked = await act("KZ-2026-0001", { act: kind, "note-en": "By mistake", ...more });
    expect(asked).toMatchObject({ status: 200, text: expect.stringContaining("Are you sure?") });
    // What was typed goes along with the question.
    expect(asked.text).toContain('name="note-en" value="By mistake"');
    expect(await versions("KZ-2026-0001")).toEqual(before);
  });

  test("is told what cannot be split or merged, and nothing is stored", async () => {
    const before = await versions("KZ-2026-0001");
    const all = { act: "split", "note-en": "x", sure: "yes", regions: "KZ-99" };
    expect((await act("KZ-2026-0001", all)).status).toBe(400);
    expect(
      (await act("KZ-2026-0001", { act: "merge", "note-en": "x", sure: "yes", other: "KZ-2026-0001" })).status,
    ).toBe(400);
    expect(
      (await act("KZ-2026-0001", { act: "merge", "note-en": "x", sure: "yes", other: "KZ-2026-9999" })).status,
    ).toBe(400);
    expect((await act("KZ-2026-0001", { act: "dance" })).status).toBe(400);
    expect(await versions("KZ-2026-0001")).toEqual(before);
  });

  test("merges two into one, and the other page says where it went", async () => {
    const done = await act("KZ-2026-0001", { act: "merge", other: "KZ-2026-0002", "note-en": "One cut", sure: "yes" });
    expect(done.status).toBe(303);
    const [one, two] = [await changes("KZ-2026-0001"), await changes("KZ-2026-0002")];
    expect([one.at(-1), two.at(-1)].sort()).toEqual(expect.arrayContaining(["merged"]));
    const merged = two.at(-1) === "merged" ? "KZ-2026-0002" : "KZ-2026-0001";
    const other = merged === "KZ-2026-0002" ? "KZ-2026-0001" : "KZ-2026-0002";
    expect(await (await page(merged)).text()).toContain(other);
    for (const number of [merged, other])
      expect((await reviewer.get(`/admin/en/incidents/${number}`)).text).toContain("<b>Merge</b>");
  });

  test("withdraws what should never have been told; the page stays and says so", async () => {
    const list = await reviewer.get("/admin/en/incidents");
    const number = /KZ-\d{4}-0003/.exec(list.text)?.[0] ?? "KZ-2026-0003";
    expect(await act(number, { act: "tombstone", "note-en": "A test of ours", sure: "yes" })).toMatchObject({
      status: 303,
    });
    expect((await changes(number)).at(-1)).toBe("tombstone");
    const answer = await page(number);
    expect(await answer.text()).toContain("A test of ours");
  });

  test("finds every act in the trail, with role and name; readers see the role only", async () => {
    const trail = await reviewer.get("/admin/en/audit");
    // Everybody who signs in sees what the others did.
    expect(trail).toMatchObject({ status: 200, text: expect.stringContaining("KZ-2026-0001-v") });
    expect(trail.text).toContain("dana");
    const list = await reviewer.get("/admin/en/incidents");
    expect(list.text).toContain("dana");
    for (const number of ["KZ-2026-0001", "KZ-2026-0002"]) {
      expect(await (await page(number)).text()).not.toContain("dana");
      expect(await (await fetch(`${collector.url}/api/v1/published/${number}`)).text()).not.toContain("dana");
    }
  });

  test("of what there is not says so", async () => {
    expect((await reviewer.get("/admin/en/incidents/KZ-2026-0999")).status).toBe(404);
    expect((await act("KZ-2026-0999", { act: "note", "note-en": "x" })).status).toBe(400);
  });
});
