import { describe, expect, test } from "vitest";
import { assertNever, CodedError, errorCode } from "../../protocol/coded-error.ts";

describe("errorCode", () => {
  test("finds the code of an error or of what caused it", () => {
    const reset = Object.assign(new Error("reset"), { code: "ECONNRESET" });
    expect(errorCode(reset)).toBe("ECONNRESET");
    expect(errorCode(new Error("a", { cause: new Error("b", { cause: reset }) }))).toBe("ECONNRESET");
    expect(errorCode(new CodedError("usage", "say it so"))).toBe("usage");
  });

  test("is null for what carries none", () => {
    for (const value of [new Error("a"), "text", null, undefined, Object.assign(new Error("a"), { code: 7 })])
      expect(errorCode(value)).toBeNull();
  });

  test("ends on errors that cause each other", () => {
    const a = new Error("a");
    const b = new Error("b", { cause: a });
    a.cause = b;
    expect(errorCode(a)).toBeNull();
  });
});

test("CodedError carries code, message, name and cause", () => {
  const cause = new Error("inner");
  expect(new CodedError("io", "The disk is full.", { cause })).toMatchObject({
    name: "CodedError",
    code: "io",
    message: "The disk is full.",
    cause,
  });
});

test("assertNever names the value that was forgotten", () => {
  // The cast makes the mistake that the compiler would refuse.
  expect(() => assertNever("new" as never)).toThrow('Unexpected value: "new"');
});
