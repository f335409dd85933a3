import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { check, parseJson } from "../../protocol/parse.ts";
import { ProbeFrame } from "../../protocol/wire.ts";

const Shape = z.object({ a: z.int(), b: z.array(z.string()).optional() });

describe("check", () => {
  test("returns the very value, with fields the schema does not know", () => {
    const value = { a: 1, later: { deep: true } };
    const result = check(Shape, value);
    expect(result).toEqual({ ok: true, value: { a: 1, later: { deep: true } } });
    expect(result.ok && result.value).toBe(value);
  });

  test("says where a value is wrong, and `(value)` where the whole is", () => {
    expect(check(Shape, { a: 1, b: ["x", 2] })).toEqual({
      ok: false,
      problems: ["b.1: must be text, not a number"],
    });
    expect(check(Shape, null)).toEqual({
      ok: false,
      problems: ["(value): must be an object, not empty"],
    });
  });

  test("lists at most eight problems, however many there are", () => {
    const result = check(z.array(z.int()), Array(1000).fill("x"));
    expect(result.ok ? 0 : result.problems.length).toBe(8);
  });
});

describe("parseJson", () => {
  test("says that text is not JSON", () => {
    const result = parseJson(Shape, "{");
    expect(result.ok ? [] : result.problems).toEqual([expect.stringMatching(/^not JSON: /)]);
  });

  test("never throws, whatever arrives", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseJson(ProbeFrame, text).ok === "boolean"));
    fc.assert(fc.property(fc.json(), (text) => typeof parseJson(ProbeFrame, text).ok === "boolean"));
  });
});
