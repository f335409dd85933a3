import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCsv } from "../../targets/csv.ts";

const fieldsOf = (text: string) => parseCsv(text).map(({ fields }) => fields);

describe("parseCsv", () => {
  test("reads quoted fields with commas, doubled quotes and line breaks, and names the line a row begins on", () => {
    expect(parseCsv('a,"b, ""c"""\r\n"d\ne",f\n\ng,')).toEqual([
      { line: 1, fields: ["a", 'b, "c"'] },
      { line: 2, fields: ["d\ne", "f"] },
      { line: 5, fields: ["g", ""] },
    ]);
  });

  test("skips a byte order mark and empty lines", () => {
    expect(fieldsOf("\uFEFFa,b\n\n")).toEqual([["a", "b"]]);
    expect(fieldsOf("")).toEqual([]);
  });

  test("names the line of a quote that is never closed", () => {
    expect(() => parseCsv('a,b\nc,"d')).toThrow("Line 2: a quote is out of place or never closed.");
    expect(() => parseCsv('a,b"c')).toThrow("Line 1:");
  });

  test("gives back what was written, whatever the fields hold", () => {
    const field = fc.string({ unit: fc.constantFrom(...'abқя",\n\r ;') });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const text = rows.map((row) => row.map(quote).join(",")).join("\n");
        expect(fieldsOf(text)).toEqual(rows);
      }),
    );
  });
});
