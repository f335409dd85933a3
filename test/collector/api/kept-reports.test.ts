import fc from "fast-check";
import { expect, test } from "vitest";
import { joinReports } from "../../../collector/api/kept-reports.ts";
import type { Report } from "../../../targets/schema.ts";

const report = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), day: fc.integer({ min: 1, max: 9 }) }).map(
  ({ id, day }): Report => ({
    ...{ id, place: "KZ", start: `2026-11-0${day}T00:00:00.000Z`, end: null, precision: "day", grade: "C" },
    ...{ kind: "other", targets: [], source: `https://example.org/${day}` },
    title: { kk: "к", ru: "р", en: "e" },
  }),
);
const files = fc.uniqueArray(report, { selector: ({ id }) => id });
const stored = fc.uniqueArray(fc.record({ report, withdrawn: fc.boolean() }), { selector: (one) => one.report.id });

test("joined reports hold each id once, an editor's in the place of a file's, oldest first", () => {
  fc.assert(
    fc.property(files, stored, (ofFiles, ofStore) => {
      const joined = joinReports(ofFiles, ofStore);
      const ids = [...ofFiles, ...ofStore.map((one) => one.report)].map(({ id }) => id);
      expect(joined.map((one) => one.report.id).sort()).toEqual([...new Set(ids)].sort());
      for (const { report: kept, origin, withdrawn } of joined) {
        const file = ofFiles.find(({ id }) => id === kept.id);
        const own = ofStore.find((one) => one.report.id === kept.id);
        expect({ kept, withdrawn }).toEqual({ kept: own?.report ?? file, withdrawn: own?.withdrawn ?? false });
        expect(origin).toBe(own === undefined ? "data" : file === undefined ? "desk" : "changed");
      }
      const order = joined.map(({ report: { start, id } }) => `${start} ${id}`);
      expect(order).toEqual([...order].sort());
    }),
  );
});
