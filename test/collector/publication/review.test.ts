import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ReviewRequest, readRequest, review } from "../../../collector/publication/review.ts";
import { openDatabase } from "../../../collector/store/database.ts";
import { at, block, type Desk, HOUR, MINUTE, openDesk, T0 } from "./scene.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const reviewer = { role: "editor", name: "aigerim" };
const note = { en: "checked by hand" };

async function act(request: ReviewRequest, atMs = 3 * HOUR): Promise<string[]> {
  const made = await review(desk.store, request, { reviewer, at: T0 + atMs, rulesVersion: "test/1" });
  return made.map(({ number, version, change }) => `${number}-v${version} ${change}`);
}

async function newest(number: string) {
  const [version] = await desk.store.publications.versions(number);
  return version;
}

describe("a reviewer", () => {
  test("publishes what is only observed, and holds back what is not to be published", async () => {
    const [seen, kept] = [block("a", 0, { confidence: "observed" }), block("b", 0, { targets: ["vlast.kz"] })];
    await desk.holds([seen, kept], HOUR);
    expect(await act({ act: "hold back", subject: "b" }, HOUR)).toEqual([]);
    expect(await desk.settle(2 * HOUR)).toEqual([]);
    expect(await act({ act: "publish", subject: "a", note })).toEqual(["KZ-2026-0001-v1 first"]);
    expect(await act({ act: "publish", subject: "b" })).toEqual(["KZ-2026-0002-v1 first"]);
    expect(await newest("KZ-2026-0001")).toMatchObject({ role: "editor", note, incident: { confidence: "observed" } });
    expect(await desk.store.publications.holds()).toEqual([]);
  });

  test("holds back an incident under whatever id the analysis finds it later", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await act({ act: "hold back", subject: "a" }, HOUR);
    await desk.holds([block("b", -HOUR)], 2 * HOUR);
    expect(await desk.settle(9 * HOUR)).toEqual([]);
    expect(await desk.settle(9 * HOUR)).toEqual([]);
    expect(await desk.store.publications.holds()).toEqual(["a", "b"]);
  });

  test("holds a published one: records make no version until it is published again", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    await act({ act: "hold back", subject: "KZ-2026-0001", note }, HOUR);
    await desk.holds([block("a", 0, { confidence: "confirmed" })], 2 * HOUR);
    expect(await desk.settle(9 * HOUR)).toEqual([]);
    expect(await desk.store.publications.isHeld("KZ-2026-0001")).toBe(true);
    expect(await act({ act: "publish", subject: "KZ-2026-0001" }, 9 * HOUR)).toEqual(["KZ-2026-0001-v2 review"]);
    expect(await newest("KZ-2026-0001")).toMatchObject({ changed: ["confidence"] });
  });

  test("withdraws an incident: records do not bring it back, a reviewer does", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    expect(await act({ act: "tombstone", subject: "KZ-2026-0001", note })).toEqual(["KZ-2026-0001-v2 tombstone"]);
    await desk.holds([block("a", 0, { confidence: "confirmed" })], 4 * HOUR);
    expect(await desk.settle(9 * HOUR)).toEqual([]);
    await expect(act({ act: "tombstone", subject: "KZ-2026-0001", note })).rejects.toThrow(
      "withdrawn or merged before",
    );
    expect(await act({ act: "note", subject: "KZ-2026-0001", note })).toEqual(["KZ-2026-0001-v3 tombstone"]);
    expect(await act({ act: "publish", subject: "KZ-2026-0001" }, 9 * HOUR)).toEqual(["KZ-2026-0001-v4 review"]);
    expect((await newest("KZ-2026-0001"))?.changed).toEqual(["restored", "confidence"]);
  });

  test("writes a note and an erratum; both are versions, and the one before stays", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    await act({ act: "note", subject: "KZ-2026-0001", note });
    await desk.holds([block("a", 0, { method: "tls_reset" })], 4 * HOUR);
    await act({ act: "erratum", subject: "KZ-2026-0001", note: { ru: "метод был назван неверно" } }, 5 * HOUR);
    const versions = await desk.store.publications.versions("KZ-2026-0001");
    expect(versions.map(({ erratum, changed }) => ({ erratum, changed }))).toEqual([
      { erratum: true, changed: ["method"] },
      { erratum: false, changed: [] },
      { erratum: false, changed: [] },
    ]);
  });

  test("merges two into one, which follows the records of both, and takes them apart again", async () => {
    const [a, b] = [block("a", 0), block("b", 4 * HOUR, { asns: [21299] })];
    await desk.holds([a, b], 5 * HOUR);
    await desk.settle(5 * HOUR);
    expect(await act({ act: "merge", subject: "KZ-2026-0002", other: "KZ-2026-0001", note }, 6 * HOUR)).toEqual([
      "KZ-2026-0002-v2 merged",
      "KZ-2026-0001-v2 review",
    ]);
    expect(await newest("KZ-2026-0002")).toMatchObject({ other: "KZ-2026-0001", note });
    expect(await newest("KZ-2026-0001")).toMatchObject({
      changed: ["networks", "parts"],
      incident: { asns: [9198, 21299] },
    });
    expect(await desk.store.publications.numberOf("b")).toBe("KZ-2026-0001");
    await desk.holds([a, { ...b, confidence: "confirmed" }], 7 * HOUR);
    expect(await desk.settle(9 * HOUR)).toEqual(["KZ-2026-0001-v3 records"]);
    expect(await act({ act: "publish", subject: "KZ-2026-0002" }, 10 * HOUR)).toEqual([
      "KZ-2026-0001-v4 review",
      "KZ-2026-0002-v3 review",
    ]);
    expect(await desk.store.publications.numberOf("b")).toBe("KZ-2026-0002");
    expect(await newest("KZ-2026-0001")).toMatchObject({ incident: { asns: [9198] } });
    expect(await desk.settle(20 * HOUR)).toEqual([]);
  });

  test("splits a part off, and both parts follow their own records", async () => {
    const part = (target: string, endMs: number | null) => ({
      ...{ target, asn: 9198, region: "KZ-75", start: { earliest: at(0), latest: at(MINUTE) } },
      end: endMs === null ? null : { earliest: at(endMs), latest: at(endMs) },
    });
    const both = (endMs: number | null) =>
      block("a", 0, { targets: ["orda.kz", "vlast.kz"], parts: [part("orda.kz", null), part("vlast.kz", endMs)] });
    await desk.holds([both(null)], HOUR);
    await desk.settle(HOUR);
    const selection = { targets: ["vlast.kz"] };
    expect(await act({ act: "split", subject: "KZ-2026-0001", selection, note })).toEqual([
      "KZ-2026-0002-v1 split",
      "KZ-2026-0001-v2 review",
    ]);
    expect(await newest("KZ-2026-0002")).toMatchObject({ other: "KZ-2026-0001", incident: { targets: ["vlast.kz"] } });
    expect(await newest("KZ-2026-0001")).toMatchObject({
      changed: ["targets", "parts"],
      incident: { targets: ["orda.kz"] },
    });
    expect(await desk.store.publications.numberOf("a")).toBe("KZ-2026-0001");
    await desk.holds([both(4 * HOUR)], 5 * HOUR);
    expect(await desk.settle(9 * HOUR)).toEqual(["KZ-2026-0002-v2 records"]);
    expect((await newest("KZ-2026-0002"))?.incident.end).toEqual({ earliest: at(4 * HOUR), latest: at(4 * HOUR) });
    const all = { targets: ["orda.kz"] };
    await expect(act({ act: "split", subject: "KZ-2026-0001", selection: all, note })).rejects.toThrow("nothing left");
  });

  test("leaves a trail: who, in what role, when, why, and what it made; a refused act leaves none", async () => {
    await desk.holds([block("a", 0)], HOUR);
    await desk.settle(HOUR);
    await act({ act: "note", subject: "KZ-2026-0001", note });
    await expect(act({ act: "note", subject: "KZ-2026-0009", note })).rejects.toThrow("No incident has the number");
    const trail = await desk.store.publications.acts({ subject: null, before: null, limit: 10 });
    expect(trail).toEqual([
      {
        id: 1,
        act: {
          ...{ at: at(3 * HOUR), act: "note", subject: "KZ-2026-0001", role: "editor", author: "aigerim", note },
          ...{ other: null, selection: null, made: ["KZ-2026-0001-v2"] },
        },
      },
    ]);
    const db = await openDatabase(desk.file);
    expect(() => db.exec("DELETE FROM review_act")).toThrow("never removed");
    db.close();
    const published = JSON.stringify(await desk.store.publications.versions("KZ-2026-0001"));
    expect(published).not.toContain("aigerim");
  });

  test("must say why where readers must learn it", () => {
    expect(() => readRequest({ act: "tombstone", subject: "KZ-2026-0001", note: {} })).toThrow("say why");
    expect(() => readRequest({ act: "burn", subject: "KZ-2026-0001" })).toThrow("act");
    expect(() => readRequest({ act: "split", subject: "KZ-2026-0001", selection: { asns: [] }, note })).toThrow("asns");
  });
});
