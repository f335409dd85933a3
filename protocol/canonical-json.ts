import { CodedError } from "./coded-error.ts";

/**
 * Canonical JSON text of a value: RFC 8785 (JCS). Keys sorted by UTF-16 code units, numbers as ECMAScript prints
 * them, no white space. Throws `not_json` for what JSON cannot carry (NaN, infinities, functions, lone surrogates,
 * undefined outside an object member).
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      if (!Number.isFinite(value)) throw new CodedError("not_json", "A number that is not finite cannot be written.");
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
      return canonicalObject(value);
    default:
      throw new CodedError("not_json", `A value of type ${typeof value} cannot be written as JSON.`);
  }
}

function canonicalObject(value: object): string {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // The default sort compares UTF-16 code units, which is what RFC 8785 section 3.2.3 asks for.
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${quote(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new CodedError("not_json", "Text with a lone surrogate cannot be written as UTF-8.");
  return JSON.stringify(text);
}
