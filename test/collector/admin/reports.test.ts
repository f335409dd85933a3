import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import { loadReports } from "../../../targets/load.ts";
import { runKuager } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { accountIn, type Client, signedIn } from "./desk.ts";

let collector: TestCollector;
let editor: Client;
let viewer: Client;
beforeAll(async () => {
  collector = await startCollector({ flags: { "admin-port": "0" } });
  editor = await signedIn(collector, await accountIn(collector, "aigul", "editor"));
  viewer = await signedIn(collector, await accountIn(collector, "guest", "viewer"));
});
afterAll(() => collector.close());

const at = (path: string) => `/admin/en${path}`;
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const FILE = loadReports().find(({ id }) => id === "2011-zhanaozen");
const REPORT = {
  ...{ "title-kk": "Орда ашылмады деп хабарланды", "title-ru": "Сообщалось, что Орда не открывается" },
  ...{ "title-en": "Orda reported closed", kind: "block", place: "Almaty", precision: "day", grade: "C" },
  ...{ start: day(-2), end: "", targets: "orda.kz", source: "Adil Soz, https://adilsoz.example/news/1" },
};
const OF_FILE = {
  ...{ ...REPORT, id: "2011-zhanaozen", place: "KZ-47", kind: "shutdown", targets: "", start: "2011-12-16" },
  ...{ source: "Reporters Without Borders, https://rsf.example/2012", "title-en": "Zhanaozen cut, as corrected" },
};

async function text(path: string): Promise<string> {
  return (await fetch(`${collector.url}${path}`)).text();
}

/** What the list, the timeline and the pages of a site and a region show. */
async function shown(): Promise<string[]> {
  const window = `from=${day(-4)}&to=${day(1)}`;
  const paths = [`/api/v1/reports?${window}`, `/api/v1/timeline?${window}`, `/en/timeline?${window}`];
  return Promise.all([...paths, "/en/targets/orda.kz", "/en/regions/KZ-75"].map(text));
}

async function idOf(title: string): Promise<string> {
  const { text: list } = await editor.get(at("/reports"));
  const row = [...list.matchAll(/<tr[\s\S]*?<\/tr>/g)].find(([one]) => one.includes(title))?.[0] ?? "";
  return /edit\?report=([\w-]+)/.exec(row)?.[1] ?? "";
}

async function audit(): Promise<string> {
  return (await runKuager(["collector", "audit", "--data", collector.folder])).stdout;
}

async function revisions(id: string) {
  const store = await openStore(collector.folder);
  try {
    return await store.reports.revisions(id);
  } finally {
    await store.close();
  }
}

describe("an editor", () => {
  test("records a report, and readers see it at once on the list, the timeline and the pages of site and region", async () => {
    for (const page of await shown()) expect(page).not.toContain("Orda reported closed");
    expect(await editor.post(at("/reports/edit"), REPORT)).toMatchObject({
      status: 303,
      to: "/admin/en/reports?done=saved",
    });
    for (const page of await shown()) expect(page).toContain("Orda reported closed");
    const id = await idOf("Orda reported closed");
    expect(id).toMatch(/^desk-/);
    const form = await editor.get(at(`/reports/edit?report=${id}`));
    expect(form.text).toContain(">\nOrda reported closed</textarea>");
    for (const value of ["orda.kz", `${day(-2)}T00:00:00.000Z`]) expect(form.text).toContain(`value="${value}"`);
    expect(await audit()).toMatch(new RegExp(`aigul[\\s\\S]*report saved[\\s\\S]*${id}`));
  });

  test("corrects it, and the first wording stays in the store alone", async () => {
    const id = await idOf("Orda reported closed");
    await editor.post(at("/reports/edit"), { ...REPORT, id, "title-en": "Orda reported slow", kind: "throttle" });
    for (const page of await shown()) {
      expect(page).toContain("Orda reported slow");
      expect(page).not.toContain("Orda reported closed");
    }
    expect((await revisions(id)).map(({ report }) => report.kind)).toEqual(["block", "throttle"]);
  });

  test("corrects a report of the data files, which the stored one then supersedes", async () => {
    const list = async () => text("/api/v1/reports?from=2011-12-01&to=2012-01-01");
    expect(await list()).toContain(FILE?.title.en);
    expect(await editor.post(at("/reports/edit"), OF_FILE)).toMatchObject({ status: 303 });
    expect(await list()).toContain("Zhanaozen cut, as corrected");
    expect(await list()).not.toContain(FILE?.title.en);
    expect((await editor.get(at("/reports"))).text).toContain("corrected here");
  });

  test("withdraws a report only when asked twice; readers see it no more, and it stays in the trail", async () => {
    const id = await idOf("Orda reported slow");
    const asked = await editor.post(at("/reports/withdraw"), { report: id });
    expect(asked.text).toContain("Are you sure?");
    for (const page of await shown()) expect(page).toContain("Orda reported slow");
    expect(await editor.post(at("/reports/withdraw"), { report: id, sure: "yes" })).toMatchObject({
      status: 303,
      to: "/admin/en/reports?done=withdrawn",
    });
    for (const page of await shown()) expect(page).not.toContain("Orda reported slow");
    expect((await editor.get(at("/reports"))).text).toContain("readers do not see it");
    expect((await revisions(id)).map(({ withdrawn }) => withdrawn)).toEqual([false, false, true]);
    expect(await audit()).toMatch(new RegExp(`report withdrawn[\\s\\S]*${id}`));
    expect(await editor.post(at("/reports/withdraw"), { report: id, sure: "yes" })).toMatchObject({ status: 404 });
  });

  test("withdraws a report of the data files, and saving it again brings it back", async () => {
    const list = async () => text("/api/v1/reports?from=2011-12-01&to=2012-01-01");
    await editor.post(at("/reports/withdraw"), { report: "2011-zhanaozen", sure: "yes" });
    expect(await list()).not.toContain("2011-zhanaozen");
    await editor.post(at("/reports/edit"), OF_FILE);
    expect(await list()).toContain("Zhanaozen cut, as corrected");
  });

  test.each([
    ["a title in one language missing", { "title-kk": "" }, /title \(kk\): must not be empty/],
    ["no https address", { source: "Adil Soz, http://adilsoz.example/1" }, /source: names no https address/],
    ["a site that nobody measures", { targets: "orda.kz no-such.example" }, /there is no site .*no-such\.example/],
    ["a place that is none", { place: "Atlantis" }, /place/],
    ["a region that is none", { place: "KZ-99" }, /there is no place .*KZ-99/],
    ["a time that is none", { start: "yesterday" }, /start/],
    ["an end before its start", { end: day(-3) }, /end: lies before the start/],
    ["a grade that is none", { grade: "D" }, /grade/],
  ])("is told of %s, and what was typed stays", async (_what, wrong, says) => {
    const answer = await editor.post(at("/reports/edit"), { ...REPORT, "title-en": "Half a report", ...wrong });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(says);
    expect(answer.text).toContain("Half a report</textarea>");
    for (const page of await shown()) expect(page).not.toContain("Half a report");
  });

  test("keeps no more of a time than its precision tells", async () => {
    const month = { ...REPORT, "title-en": "Known to\r\nthe month", precision: "month", start: `${day(-2)}T15:00` };
    await editor.post(at("/reports/edit"), month);
    const [last] = await revisions(await idOf("Known to the month"));
    expect(last?.report.start).toBe(`${day(-2).slice(0, 7)}-01T00:00:00.000Z`);
  });

  test("cannot change what is not there", async () => {
    expect(await editor.get(at("/reports/edit?report=nothing"))).toMatchObject({ status: 404 });
    expect(await editor.post(at("/reports/edit"), { ...REPORT, id: "nothing" })).toMatchObject({ status: 404 });
    expect(await editor.post(at("/reports/withdraw"), { report: "nothing" })).toMatchObject({ status: 404 });
  });
});

describe("who is no editor", () => {
  test("sees reports, and can neither record nor withdraw one", async () => {
    const list = await viewer.get(at("/reports"));
    expect(list).toMatchObject({ status: 200, text: expect.not.stringContaining("/reports/edit") });
    const withdrawal = { report: "2011-zhanaozen", sure: "yes" };
    expect(await viewer.get(at("/reports/edit"))).toMatchObject({ status: 403 });
    expect(await viewer.post(at("/reports/edit"), REPORT)).toMatchObject({ status: 403 });
    expect(await viewer.post(at("/reports/withdraw"), withdrawal)).toMatchObject({ status: 403 });
  });

  test("cannot send the form from elsewhere or without its token", async () => {
    const before = (await editor.get(at("/reports"))).text.length;
    const elsewhere = { headers: { origin: "https://evil.example" } };
    expect(await editor.post(at("/reports/edit"), REPORT, { token: null })).toMatchObject({ status: 403 });
    expect(await editor.post(at("/reports/edit"), REPORT, elsewhere)).toMatchObject({ status: 403 });
    expect((await editor.get(at("/reports"))).text).toHaveLength(before);
  });

  test.each(["kk", "ru", "en"])("reads list and form in %s, with a withdrawn report marked", async (language) => {
    const said = { kk: "Хабар жазу", ru: "Записать сообщение", en: "Record a report" }[language] ?? "";
    const hidden = { kk: "қайтарып алынды", ru: "отозвано", en: "withdrawn" }[language] ?? "";
    expect((await editor.get(`/admin/${language}/reports/edit`)).text).toContain(said);
    expect((await editor.get(`/admin/${language}/reports`)).text).toContain(hidden);
  });
});
