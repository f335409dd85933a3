import type { z } from "zod";
import { plainProblem, problemTexts } from "./plain-problem.ts";

export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: string[] };

/**
 * Checks a value against a schema. Returns the value itself, not a copy without unknown fields: signed records are
 * hashed as they came, and a newer probe may say more than this version knows. Problems read `path: what is wrong`.
 */
export function check<S extends z.ZodType>(schema: S, value: unknown): Parsed<z.infer<S>> {
  const result = schema.safeParse(value, { error: plainProblem });
  // The cast is sound: the schema has just accepted this very value, and no schema of ours transforms.
  if (result.success) return { ok: true, value: value as z.infer<S> };
  return { ok: false, problems: problemTexts(result.error) };
}

/** Parses JSON text, then {@link check}s it. */
export function parseJson<S extends z.ZodType>(schema: S, text: string): Parsed<z.infer<S>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  return check(schema, value);
}
