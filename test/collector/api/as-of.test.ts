import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { incidentRows } from "../../../collector/api/incident-rows.ts";
import { review } from "../../../collector/publication/review.ts";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import { at, block, HOUR, MINUTE, T0 } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { openScene } from "./reader.ts";

type Row = { id: string; number: string | null; state: string; changedSince?: boolean };

let collector: TestCollector;
let store: Store;
/** The lists at moments, as they were told before anything came after. */
const told: Record<string, Row[]> = {};

/** Before "late" has a number; when it has; after it was merged, and another withdrawn without an end. */
const MOMENTS = { before: 2 * HOUR, numbered: 4 * HOUR, merged: 60 * HOUR };

async function rows(query: string): Promise<Row[]> {
  const answer = await fetch(`${collector.url}/api/v1/incidents?${query}`);
  return ((await answer.json()) as { incidents: Row[] }).incidents;
}
const asOf = (moment: keyof typeof MOMENTS) => `as_of=${at(MOMENTS[moment])}`;
const one = async (id: string, moment: keyof typeof MOMENTS) => {
  const answer = await fetch(`${collector.url}/api/v1/incidents/${id}?${asOf(moment)}`);
  return ((await answer.json()) as { incident?: Row }).incident ?? null;
};

beforeAll(async () => {
  collector = await startCollector();
  store = await openStore(collector.folder);
  const settle = (atMs: number) => settlePublication(store, { at: T0 + atMs, rulesVersion: "test/1", settleMs: 0 });
  const by = (atMs: number) => ({ reviewer: { role: "editor", name: "x" }, at: T0 + atMs, rulesVersion: "test/1" });
  const note = { en: "One story." };
  const first = block("first", 0, { end: { earliest: at(50 * HOUR), latest: at(50 * HOUR) } });
  const wrong = block("wrong", 0, { targets: ["vlast.kz"] });
  const late = block("late", 10 * MINUTE, { targets: ["kloop.kg"], confidence: "observed" });
  await store.incidents.put([first, wrong, late], T0 + HOUR);
  await settle(HOUR);
  const tail = block("tail", 30 * MINUTE, { startUnknown: true, end: first.end });
  await store.incidents.put([tail], T0 + 90 * MINUTE);
  told.before = await rows(asOf("before"));
  await store.incidents.put([{ ...late, confidence: "probable" }], T0 + 3 * HOUR);
  await settle(3 * HOUR);
  told.numbered = await rows(asOf("numbered"));
  await review(store, { act: "merge", subject: "KZ-2026-0003", other: "KZ-2026-0001", note }, by(50 * HOUR));
  await review(store, { act: "tombstone", subject: "KZ-2026-0002", note }, by(51 * HOUR));
}, 60_000);
afterAll(async () => {
  await store.close();
  await collector.close();
});

describe("what is asked for as of a moment", () => {
  test("by an id of the analysis is what that id led to then: itself, its number, and the number it was merged into", async () => {
    const found = async (moment: keyof typeof MOMENTS) => (await rows(`id=late&${asOf(moment)}`))[0];
    expect(await found("before")).toMatchObject({ id: "late", number: null, state: "unpublished" });
    expect(await found("numbered")).toMatchObject({ number: "KZ-2026-0003", state: "published" });
    expect(await found("merged")).toMatchObject({ number: "KZ-2026-0001", state: "published" });
  });

  test("is the same at the address of that incident alone", async () => {
    expect(await one("late", "before")).toMatchObject({ id: "late", number: null });
    expect(await one("late", "numbered")).toMatchObject({ number: "KZ-2026-0003", changedSince: false });
    expect(await one("late", "merged")).toMatchObject({ number: "KZ-2026-0001" });
  });

  test.each(["before", "numbered"] as const)("stays as it was told then (%s), whatever came later", async (moment) => {
    expect(told[moment]?.length).toBeGreaterThan(2);
    expect(await rows(asOf(moment))).toEqual(told[moment]);
  });

  test("still lists an incident whose id leads to a number only since", async () => {
    expect((await rows(asOf("before"))).map(({ id }) => id)).toContain("tail");
    expect((await rows(asOf("numbered"))).map(({ id }) => id)).not.toContain("tail");
  });
});

describe("a window of time", () => {
  const states = async (from: number, to: number) =>
    (await rows(`from=${at(from)}&to=${at(to)}`)).map(({ number, state }) => `${number} ${state}`).sort();

  test("after what was withdrawn or merged without an end does not hold it; one that reaches before does", async () => {
    expect(await states(40 * HOUR, 53 * HOUR)).toEqual([
      "KZ-2026-0001 published",
      "KZ-2026-0002 withdrawn",
      "KZ-2026-0003 merged",
    ]);
    // What it was merged into goes on, since that one had no end.
    expect(await states(52 * HOUR, 53 * HOUR)).toEqual(["KZ-2026-0001 published"]);
  });

  test("holds its unpublished incidents, however many are newer", async () => {
    const scene = await openScene(T0 + 1000 * HOUR);
    const newer = Array.from({ length: 10_001 }, (_, index) =>
      block(`n${index}`, 100 * HOUR + index, { confidence: "observed" }),
    );
    await scene.reader.store.incidents.put([block("old", 0, { end: { earliest: at(HOUR), latest: at(HOUR) } })], T0);
    await scene.reader.store.incidents.put(newer, T0 + 200 * HOUR);
    const found = await incidentRows(scene.reader, { from: T0, to: T0 + HOUR, asOf: null, openOnly: false });
    expect(found.map(({ id }) => id)).toEqual(["old"]);
    await scene.close();
  }, 60_000);
});
