import type { z } from "zod";

const TYPES: Readonly<Record<string, string>> = {
  ...{ number: "a number", int: "a whole number", string: "text", boolean: "true or false" },
  ...{ array: "a list", object: "an object", record: "an object", null: "empty" },
};

/**
 * What is wrong with a value, for people who know nothing of schemas: what it must be, in plain words. Given as `error` when
 * a schema is asked; a schema's own words go before these. Undefined where the schema's library may say it itself.
 */
export function plainProblem(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return typeProblem(issue);
    case "too_small":
      return boundProblem("at least", issue.origin, issue.minimum);
    case "too_big":
      return boundProblem("at most", issue.origin, issue.maximum);
    case "invalid_value":
      return issue.values === undefined ? undefined : `must be ${listed(issue.values.map(String))}`;
    case "invalid_format":
      return issue.format === "url" ? "must be an address such as https://example.org" : "is not of the right form";
    case "unrecognized_keys":
      return `has fields that are not known here: ${(issue.keys ?? []).join(", ")}`;
    case "invalid_union":
      return "is of none of the forms that are taken";
    default:
      return undefined;
  }
}

/** The problems that a schema found, as `name: what is wrong`; `nameOf` says what a field is called where it was given. */
export function problemTexts(
  error: z.ZodError,
  nameOf: (path: readonly PropertyKey[]) => string = (path) => path.map(String).join(".") || "(value)",
): string[] {
  return error.issues.slice(0, 8).map(({ path, message }) => `${nameOf(path)}: ${message}`);
}

function typeProblem({ expected, input }: { expected?: unknown; input?: unknown }): string {
  if (input === undefined) return "is missing";
  const wanted = TYPES[String(expected)] ?? String(expected);
  // A flag that is no number was text when it was given.
  return Number.isNaN(input) ? `must be ${wanted}` : `must be ${wanted}, not ${kindOf(input)}`;
}

function kindOf(input: unknown): string {
  if (input === null) return "empty";
  const type = Array.isArray(input) ? "array" : typeof input;
  if (type === "number" && !Number.isInteger(input)) return "a fraction";
  return TYPES[type] ?? type;
}

function boundProblem(bound: "at least" | "at most", origin: unknown, limit: unknown): string {
  if (origin === "string")
    return bound === "at least" && Number(limit) === 1 ? "must not be empty" : `must have ${bound} ${limit} characters`;
  return origin === "array" || origin === "set" ? `must have ${bound} ${limit} entries` : `must be ${bound} ${limit}`;
}

function listed(values: readonly string[]): string {
  const last = values.at(-1) ?? "";
  return values.length < 2 ? `'${last}'` : `one of ${values.slice(0, -1).join(", ")} or ${last}`;
}
