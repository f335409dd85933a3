import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../protocol/canonical-json.ts";

describe("canonicalJson", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    [4.5, "4.5"],
    [2e-3, "0.002"],
    [1e-6, "0.000001"],
    [1e-7, "1e-7"],
    [1e-27, "1e-27"],
    [1e20, "100000000000000000000"],
    [1e21, "1e+21"],
    [1e30, "1e+30"],
    [Number("333333333.33333329"), "333333333.3333333"],
    [2 ** 53 + 2, "9007199254740994"],
    [5e-324, "5e-324"],
    [Number.MAX_VALUE, "1.7976931348623157e+308"],
    [-1.5e-9, "-1.5e-9"],
  ])("writes the number %d as ECMAScript does", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test("escapes control characters, quotes and backslashes, and nothing else", () => {
    expect(canonicalJson('€$\u000F\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
    expect(canonicalJson("\b\t\n\f\r\u0000\u001f\u007f\u2028")).toBe('"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028"');
  });

  test("sorts keys by UTF-16 code units, not by code points or by locale", () => {
    const value = { "€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\u0080": 6, ö: 7 };
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(canonicalJson({ b: 1, a: 1, B: 1, aa: 1, "": 1, "10": 1, "9": 1 })).toBe(
      '{"":1,"10":1,"9":1,"B":1,"a":1,"aa":1,"b":1}',
    );
  });

  test("keeps the order of arrays and writes nested values without white space", () => {
    expect(canonicalJson({ b: [3, { d: null, c: true }, []], a: {} })).toBe('{"a":{},"b":[3,{"c":true,"d":null},[]]}');
  });

  test("leaves out members that are undefined", () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  test.each([
    ["a number that is not finite", Number.NaN],
    ["an infinity", { a: Number.POSITIVE_INFINITY }],
    ["undefined", undefined],
    ["undefined in an array", [undefined]],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    ["a hole in an array", [1, , 2]],
    ["a function", () => 1],
    ["a symbol", Symbol("a")],
    ["a bigint", 1n],
    ["a lone surrogate", "\ud800"],
    ["a lone surrogate in a key", { "\udc00": 1 }],
  ])("refuses %s with the code not_json", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: "not_json" }));
  });

  test("refuses nesting without end instead of running out of stack", () => {
    const text = "[".repeat(100_000) + "]".repeat(100_000);
    expect(() => canonicalJson(JSON.parse(text))).toThrow(expect.objectContaining({ code: "not_json" }));
    const deepEnough = JSON.parse("[".repeat(60) + "]".repeat(60)) as unknown;
    expect(canonicalJson(deepEnough)).toHaveLength(120);
  });

  const json = fc.jsonValue({ maxDepth: 5 });

  test("is JSON of the same value: parsing gives the value back", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("is a fixed point: the canonical form of what it parses to is itself", () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
      }),
    );
  });
});
