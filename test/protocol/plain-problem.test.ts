import { describe, expect, test } from "vitest";
import { z } from "zod";
import { plainProblem, problemTexts } from "../../protocol/plain-problem.ts";

const Shape = z.strictObject({
  port: z.coerce.number().int().max(65535),
  role: z.enum(["witness", "control"]),
  name: z.string().min(1).max(5),
  list: z.array(z.string()).max(1),
  url: z.url(),
  code: z.string().regex(/^[a-z]+$/),
  own: z.string().regex(/^x$/, "must be x"),
});
const RIGHT = { port: 8080, role: "control", name: "a", list: [], url: "https://a.example/", code: "a", own: "x" };

function problemsOf(more: object): string[] {
  const parsed = Shape.safeParse({ ...RIGHT, ...more }, { error: plainProblem });
  return parsed.success ? [] : problemTexts(parsed.error, (path) => `--${path.join(".")}`);
}

describe("what is wrong with a value", () => {
  test.each([
    [{ port: "abc" }, "--port: must be a number"],
    [{ port: 1.5 }, "--port: must be a whole number, not a fraction"],
    [{ port: 70_000 }, "--port: must be at most 65535"],
    [{ role: "boss" }, "--role: must be one of witness or control"],
    [{ name: "" }, "--name: must not be empty"],
    [{ name: "abcdef" }, "--name: must have at most 5 characters"],
    [{ name: undefined }, "--name: is missing"],
    [{ name: 7 }, "--name: must be text, not a number"],
    [{ list: ["a", "b"] }, "--list: must have at most 1 entries"],
    [{ list: "a" }, "--list: must be a list, not text"],
    [{ url: "nowhere" }, "--url: must be an address such as https://example.org"],
    [{ code: "7" }, "--code: is not of the right form"],
    [{ own: "y" }, "--own: must be x"],
    [{ more: 1 }, "--: has fields that are not known here: more"],
  ])("%j is told in plain words", (more, said) => {
    expect(problemsOf(more)).toEqual([said]);
  });

  test("several problems are told together, at most eight", () => {
    expect(problemsOf({ port: "x", role: "x", name: "" })).toHaveLength(3);
    const many = z.array(z.int()).safeParse(Array(20).fill("x"), { error: plainProblem });
    expect(many.success ? [] : problemTexts(many.error)).toHaveLength(8);
  });
});
