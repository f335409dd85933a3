import { expect, test } from "vitest";
import { VERDICT_CODES } from "../../../protocol/verdict.ts";
import { fits } from "./judge.ts";
import { MATRIX } from "./table.ts";

test("cases have names of their own, and there are more than sixty", () => {
  const names = MATRIX.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

test("every verdict that one measurement can have is expected of some case", () => {
  const expected = new Set(MATRIX.flatMap((one) => (one.kind === "web" ? [one.expected.code].flat() : [])));
  // Slowness is judged from pairs over hours, never from one measurement.
  expect(VERDICT_CODES.filter((code) => !expected.has(code))).toEqual(["throttled"]);
});

test("a verdict fits by its code, and by stage and strength where these are expected", () => {
  const verdict = { code: "tls_drop", stage: "tls", strength: "contrasted" } as const;
  expect(fits(verdict, { code: "tls_drop" })).toBe(true);
  expect(fits(verdict, { code: ["ok", "tls_drop"] })).toBe(true);
  expect(fits(verdict, { code: "tls_drop", strength: "self-evident" })).toBe(false);
  expect(fits(verdict, { code: "tls_drop", stage: "tcp" })).toBe(false);
  expect(fits(verdict, { code: "tls_reset" })).toBe(false);
});
