import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv, csvCell } from "../../../collector/api/csv.ts";
import { readCsv } from "../../../collector/csv-reader.ts";
import { readEventRows } from "../../../collector/event-rows.ts";

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

describe("events", () => {
  const HEAD = "id,kind,sanctioned,place,title,start,end,precision,source";

  test("are read with their zone", () => {
    const [event] = readEventRows(
      "f.csv",
      `${HEAD}\ne1,rally,unknown,KZ-75,"Rally, square",2022-01-05T10:30:00+06:00,,hour,https://example.org\n`,
    );
    expect(event).toEqual({
      ...{ id: "e1", kind: "rally", sanctioned: "unknown", place: "KZ-75", title: "Rally, square", precision: "hour" },
      ...{ start: "2022-01-05T04:30:00.000Z", end: null, source: "https://example.org" },
    });
  });

  test("with wrong fields are refused, every line and field named, and nothing is taken", () => {
    const text = `${HEAD}\ne1,party,unknown,KZ-75,T,2022-01-05,,day,s\ne2,rally,unknown,Almaty,T,5 January,2021-01-01,day,s\n`;
    expect(() => readEventRows("f.csv", text)).toThrow(/f\.csv:2: kind: .*f\.csv:3: place: .*f\.csv:3: start: /s);
  });

  test("that end before they begin are refused", () => {
    expect(() => readEventRows("f.csv", `${HEAD}\ne,rally,unknown,KZ,T,2022-01-05,2022-01-04,day,s`)).toThrow(
      "f.csv:2: end: lies before",
    );
  });

  test("without a column are refused", () => {
    expect(() => readEventRows("f.csv", "id,kind\n")).toThrow("f.csv:1: the header lacks sanctioned, place");
    expect(() => readEventRows("f.csv", "")).toThrow("lacks id");
  });
});
