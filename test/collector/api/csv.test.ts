import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv, csvCell } from "../../../collector/api/csv.ts";
import { readCsv } from "../../../collector/csv-reader.ts";

describe("CSV that is written", () => {
  test.each(["=1+1", "+7 701", "-2", "@SUM(A1)", "\tx", "\rx"])("%j cannot run as a formula", (text) => {
    expect(csvCell(text).replace(/^"/, "")).toMatch(/^'/);
  });

  test("leaves numbers as they are", () => {
    expect([csvCell(-2), csvCell(1.5), csvCell(true), csvCell(null)]).toEqual(["-2", "1.5", "true", ""]);
  });

  test("reads back as it was, whatever text it holds", () => {
    const cell = fc.string().filter((text) => !/^[=+\-@\t\r']/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const kept = rows.filter((row) => row.some((text) => text !== ""));
        const columns = [0, 1].map((index) => ({
          name: `c${index}`,
          of: (row: readonly string[]) => row[index] ?? "",
        }));
        expect(
          readCsv(csv(columns, rows))
            .slice(1)
            .map(({ cells }) => cells),
        ).toEqual(kept);
      }),
    );
  });
});

describe("CSV that is read", () => {
  test("may have a byte order mark, either line end, and none at the end", () => {
    expect(readCsv('\uFEFFa,b\r\n1,"2,\n""x"""\n\n3,')).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["1", '2,\n"x"'] },
      { line: 5, cells: ["3", ""] },
    ]);
  });

  test("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "a", "=") }), (text) => void readCsv(text)),
    );
  });
});
