import { CodedError } from "./coded-error.ts";

/** Deeper values are refused: a message nested a hundred thousand times must not end the process. */
const MAX_DEPTH = 64;

/**
 * Canonical JSON text of a value: RFC 8785 (JCS). Keys sorted by UTF-16 code units, numbers as ECMAScript prints
 * them, no white space. Throws `not_json` for what JSON cannot carry (NaN, infinities, functions, lone surrogates,
 * undefined outside an object member, nesting deeper than {@link MAX_DEPTH}).
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH)
    throw new CodedError("not_json", `A value nested deeper than ${MAX_DEPTH} levels is not written.`);
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
      // Array.from, unlike map, visits holes, which JSON cannot carry either.
      if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(",")}]`;
      return writeObject(value, depth);
    default:
      throw new CodedError("not_json", `A value of type ${typeof value} cannot be written as JSON.`);
  }
}

function writeObject(value: object, depth: number): string {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // The default sort compares UTF-16 code units, which is what RFC 8785 section 3.2.3 asks for.
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${quote(key)}:${write(member, depth + 1)}`);
  return `{${members.join(",")}}`;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new CodedError("not_json", "Text with a lone surrogate cannot be written as UTF-8.");
  return JSON.stringify(text);
}
