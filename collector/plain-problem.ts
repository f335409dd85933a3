import type { z } from "zod";

/** What is wrong with what somebody typed, as a sentence that says what to type. Our own messages stay as they are. */
export function plainProblem(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${issue.expected === "number" || issue.expected === "int" ? "a number" : `a ${issue.expected}`}`;
    case "too_small":
      return `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${lengthOf(issue.origin)}`;
    case "too_big":
      return `must be ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${lengthOf(issue.origin)}`;
    case "invalid_value":
      return `must be ${issue.values
        .map(String)
        .join(", ")
        .replace(/, ([^,]*)$/, " or $1")}`;
    default:
      return issue.message;
  }
}

function lengthOf(origin: string): string {
  if (origin === "string") return " characters long";
  return origin === "array" ? " of them" : "";
}
