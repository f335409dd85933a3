import { describe, expect, test } from "vitest";
import { CodedError } from "../../protocol/coded-error.ts";
import { readArguments, usageError } from "../../protocol/command-line.ts";

const USAGE = "kuager probe measure URL [--json]";
const OPTIONS = {
  json: { type: "boolean" },
  data: { type: "string", short: "d" },
  doh: { type: "string", multiple: true },
} as const;

function messageOf(argv: string[], words = { min: 0, max: 1 }): string {
  try {
    readArguments(argv, USAGE, OPTIONS, words);
  } catch (error) {
    expect((error as CodedError).code).toBe("usage");
    return (error as CodedError).message;
  }
  return "";
}

describe("readArguments", () => {
  test("reads flags, repeated flags and plain words in any order", () => {
    const { values, words } = readArguments(
      ["--doh", "https://a/", "https://orda.kz/", "--json", "--doh=https://b/", "-d", "/data"],
      USAGE,
      OPTIONS,
      { min: 1, max: 1 },
    );
    expect(words).toEqual(["https://orda.kz/"]);
    expect({ ...values }).toEqual({ doh: ["https://a/", "https://b/"], json: true, data: "/data" });
  });

  test("leaves flags that were not given undefined", () => {
    expect({ ...readArguments([], USAGE, OPTIONS).values }).toEqual({});
  });

  test.each([
    [["--jsn"], "Unknown option '--jsn'.\nUsage: kuager probe measure URL [--json]"],
    [["--data"], "--data needs a value after it.\nUsage: kuager probe measure URL [--json]"],
    [["--json=yes"], "--json takes no value.\nUsage: kuager probe measure URL [--json]"],
    [["a", "b"], "Unexpected argument 'b'.\nUsage: kuager probe measure URL [--json]"],
  ])("explains %j in one sentence and the usage line", (argv, message) => {
    expect(messageOf(argv)).toBe(message);
  });

  test("says that something is missing", () => {
    expect(messageOf([], { min: 1, max: 1 })).toBe(`Something is missing.\nUsage: ${USAGE}`);
  });

  test("takes words that look like flags after --", () => {
    expect(readArguments(["--", "--json"], USAGE, OPTIONS, { min: 0, max: 1 }).words).toEqual(["--json"]);
  });
});

test("usageError ends its sentence with one full stop", () => {
  expect(usageError("Wrong.", "x").message).toBe("Wrong.\nUsage: x");
  expect(usageError("Wrong", "x").message).toBe("Wrong.\nUsage: x");
  expect(usageError("Wrong", "x")).toBeInstanceOf(CodedError);
});
