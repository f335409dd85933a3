import { expect, test } from "vitest";
import type { Report } from "../../../targets/schema.ts";
import { withStore } from "./with-store.ts";

const REPORT: Report = {
  ...{ id: "desk-1", place: "KZ-75", start: "2026-11-20T00:00:00.000Z", end: null, precision: "day", grade: "C" },
  ...{ kind: "block", targets: ["orda.kz"], source: "https://example.org/1" },
  title: { kk: "Ашылмады", ru: "Не открывался", en: "Reported closed" },
};
const changed: Report = { ...REPORT, grade: "B" };

test("a report is kept in revisions, and saving the same again makes none", () =>
  withStore([], async ({ reports }) => {
    expect(await reports.put({ report: REPORT, withdrawn: false }, 1)).toBe(true);
    expect(await reports.put({ report: REPORT, withdrawn: false }, 2)).toBe(false);
    expect(await reports.put({ report: changed, withdrawn: false }, 3)).toBe(true);
    expect(await reports.put({ report: changed, withdrawn: true }, 4)).toBe(true);
    expect(await reports.all(10)).toEqual([{ report: changed, withdrawn: true }]);
    expect(await reports.revisions("desk-1")).toEqual([
      { report: REPORT, withdrawn: false },
      { report: changed, withdrawn: false },
      { report: changed, withdrawn: true },
    ]);
    expect(await reports.put({ report: REPORT, withdrawn: false }, 5)).toBe(true);
    expect(await reports.all(10)).toEqual([{ report: REPORT, withdrawn: false }]);
  }));

test("no revision of a report can be changed or taken out of the store", () =>
  withStore([], async ({ reports }, db) => {
    await reports.put({ report: REPORT, withdrawn: false }, 1);
    expect(() => db.exec("UPDATE report SET report = '{}'")).toThrow(/never changes/);
    expect(() => db.exec("DELETE FROM report")).toThrow(/never removed/);
    expect(await reports.revisions("desk-1")).toHaveLength(1);
  }));
