import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../collector/store/open-store.ts";
import { runKuager } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { accountIn, type Client, signedIn } from "./desk.ts";

let collector: TestCollector;
let editor: Client;
beforeAll(async () => {
  collector = await startCollector({ flags: { "admin-port": "0" } });
  editor = await signedIn(collector, await accountIn(collector, "aigul", "editor"));
});
afterAll(() => collector.close());

const at = (path: string) => `/admin/en${path}`;
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const EVENT = { kind: "rally", sanctioned: "unknown", place: "Almaty", precision: "day", source: "seen by the editor" };

async function served(path: string): Promise<string> {
  return (await fetch(`${collector.url}/api/v1/${path}`)).text();
}
async function audit(): Promise<string> {
  return (await runKuager(["collector", "audit", "--data", collector.folder])).stdout;
}

describe("an editor", () => {
  test("adds an event before its day, changes it, and it is on the timeline and not marked", async () => {
    const event = { ...EVENT, title: "Rally on the square", start: day(3), end: "" };
    expect(await editor.post(at("/events/edit"), event)).toMatchObject({ status: 303 });
    const list = await editor.get(at(`/events?from=${day(2)}`));
    expect(list.text).toContain("Rally on the square");
    expect(list.text).not.toContain("entered late");
    const id = /event=(desk-[0-9a-f-]+)/.exec(list.text)?.[1] ?? "";
    const form = await editor.get(at(`/events/edit?event=${id}`));
    expect(form.text).toContain(`value="KZ-75"`);
    expect(await editor.post(at("/events/edit"), { ...event, id, title: "Rally, moved" })).toMatchObject({
      status: 303,
    });
    expect(await served(`events?from=${day(2)}&to=${day(5)}`)).toContain("Rally, moved");
    expect(await audit()).toMatch(new RegExp(`aigul[\\s\\S]*event saved[\\s\\S]*${id}`));
  });

  test("who enters an event after its day sees it marked as late, whoever looks and whatever is changed", async () => {
    await editor.post(at("/events/edit"), { ...EVENT, title: "Known too late", start: day(-3), end: "" });
    const list = await editor.get(at(`/events?from=${day(-4)}`));
    const row = /<tr[^>]*>(?:(?!<\/tr>)[\s\S])*Known too late[\s\S]*?<\/tr>/.exec(list.text)?.[0] ?? "";
    expect(row).toContain("entered late");
    const id = /event=(desk-[0-9a-f-]+)/.exec(row)?.[1] ?? "";
    await editor.post(at("/events/edit"), { ...EVENT, id, title: "Known too late", start: day(3), end: "" });
    await editor.post(at("/events/edit"), { ...EVENT, id, title: "Known too late", start: day(-3), end: "" });
    expect((await editor.get(at(`/events?from=${day(-4)}`))).text).toContain("entered late");
  });

  test("is told what is wrong with an event, and what was typed stays", async () => {
    const answer = await editor.post(at("/events/edit"), {
      ...EVENT,
      title: "Half",
      start: "yesterday",
      place: "Atlantis",
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/start: .{0,5}yesterday.{0,5} is no time\. Write [^;]*2022-01-05 10:30 \(local\)/);
    expect(answer.text).toMatch(/place: .{0,5}Atlantis.{0,5} is not known\. Write KZ for the country/);
    expect(answer.text).toContain('value="Half"');
  });

  test("sees what a file would bring before it is taken, with what is refused and why", async () => {
    const csv = [
      "id,kind,sanctioned,place,title,start,end,precision,source",
      `file-1,picket,unsanctioned,Astana,Picket at the court,${day(5)},,day,somebody`,
      `file-2,rally,unknown,Almaty,Late rally,${day(-9)},,day,somebody`,
      `file-3,party,unknown,Almaty,No such kind,${day(5)},,day,somebody`,
    ].join("\n");
    const preview = await editor.upload(at("/events/import"), {}, csv);
    expect(preview.status).toBe(200);
    for (const words of ["Picket at the court", "Late rally", "entered late", "4: ", "kind"])
      expect(preview.text).toContain(words);
    expect(await served(`events?from=${day(4)}&to=${day(7)}`)).not.toContain("Picket at the court");
    const text = /name="text"[^>]*>([\s\S]*?)<\/textarea>|name="text" value="([^"]*)"/.exec(preview.text);
    expect(text).not.toBeNull();
    expect(await editor.post(at("/events/import"), { text: csv, sure: "yes" })).toMatchObject({
      status: 303,
      to: "/admin/en/events?done=imported",
    });
    expect(await served(`events?from=${day(4)}&to=${day(7)}`)).toContain("Picket at the court");
    expect(await audit()).toContain("2 read, 2 new or changed, 1 refused");
  });

  test("takes a calendar, and a file that is none brings nothing", async () => {
    const ical = [
      ...[
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//test//EN",
        "BEGIN:VEVENT",
        "UID:vote-1",
        "SUMMARY:Election of maslikhats",
      ],
      ...[`DTSTART;VALUE=DATE:${day(20).replaceAll("-", "")}`, "LOCATION:Astana", "END:VEVENT", "END:VCALENDAR", ""],
    ].join("\r\n");
    expect((await editor.upload(at("/events/import"), { format: "ical" }, ical)).text).toContain(
      "Election of maslikhats",
    );
    const nothing = await editor.upload(at("/events/import"), {}, new Uint8Array([0, 255, 1, 2]));
    expect([200, 400]).toContain(nothing.status);
    expect((await editor.upload(at("/events/import"), {}, "")).status).toBe(303);
  });

  test("removes an event only when asked twice", async () => {
    const list = await editor.get(at(`/events?from=${day(2)}`));
    const id = /event=(desk-[0-9a-f-]+)/.exec(list.text)?.[1] ?? "";
    const asked = await editor.post(at("/events/remove"), { event: id });
    expect(asked.text).toContain("Are you sure?");
    const store = await openStore(collector.folder);
    expect(await store.events.byId(id)).not.toBeNull();
    expect(await editor.post(at("/events/remove"), { event: id, sure: "yes" })).toMatchObject({ status: 303 });
    expect(await store.events.byId(id)).toBeNull();
    await store.close();
  });

  test("records a statement, and a change of it is a further revision", async () => {
    const statement = {
      ...{ speaker: "Ministry", body: "state", at: `${day(-1)}T10:00`, precision: "minute", claim: "denies" },
      ...{ cause: "", place: "KZ", from: "", to: "", targets: "orda.kz", asns: "AS9198", regions: "" },
      ...{ source: "https://example.org/said", "summary-kk": "Жоқ", "summary-ru": "Нет", "summary-en": "No cut" },
    };
    const saved = await editor.post(at("/statements/edit"), statement);
    expect(saved.text).toBe("");
    expect(saved).toMatchObject({ status: 303, to: "/admin/en/statements?done=saved" });
    const list = await editor.get(at("/statements"));
    const id = /statement=(desk-[0-9a-f-]+)/.exec(list.text)?.[1] ?? "";
    expect((await editor.get(at(`/statements/edit?statement=${id}`))).text).toContain("No cut");
    await editor.post(at("/statements/edit"), { ...statement, id, "summary-en": "No cut at all" });
    expect(await served("statements")).toContain("No cut at all");
    const store = await openStore(collector.folder);
    expect((await store.statements.all()).filter((one) => one.id === id)).toHaveLength(1);
    await store.close();
    const missing = await editor.post(at("/statements/edit"), { ...statement, "summary-kk": "" });
    expect(missing).toMatchObject({ status: 400, text: expect.stringContaining("summary (kk): is missing") });
  });

  test("records a legal basis of a site; what is set anew is the next version, and the first stays on record", async () => {
    const basis = {
      subject: "orda.kz",
      basis: "court decision",
      authority: "A court",
      title: "Decision",
      source: "court",
    };
    expect(await editor.post(at("/legal"), basis)).toMatchObject({ status: 303 });
    expect(await editor.post(at("/legal"), { ...basis, number: "2-17/26" })).toMatchObject({ status: 303 });
    const store = await openStore(collector.folder);
    const records = (await store.legal.all()).filter(({ id }) => id === "own-orda.kz");
    expect(records.map(({ version, document }) => [version, document?.number])).toEqual([
      [1, null],
      [2, "2-17/26"],
    ]);
    await store.close();
    expect(await editor.post(at("/legal"), { ...basis, subject: "no-such.example" })).toMatchObject({
      status: 400,
      text: expect.stringContaining("no site or number"),
    });
  });
});

test("events that a command brings in are put on record with their moment too", async () => {
  const { writeFileSync } = await import("node:fs");
  const file = `${collector.folder}/late.csv`;
  writeFileSync(
    file,
    `id,kind,sanctioned,place,title,start,end,precision,source\ncommand-1,rally,unknown,KZ-75,By command,${day(-9)},,day,x\n`,
  );
  const { code } = await runKuager(["collector", "event", "import", file, "--data", collector.folder]);
  expect(code).toBe(0);
  const list = await editor.get(at(`/events?from=${day(-10)}`));
  const row = /<tr[^>]*>(?:(?!<\/tr>)[\s\S])*By command[\s\S]*?<\/tr>/.exec(list.text)?.[0] ?? "";
  expect(row).toContain("entered late");
});
