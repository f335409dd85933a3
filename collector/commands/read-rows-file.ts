import type { z } from "zod";
import { readRows, refuse } from "../../targets/ndjson.ts";

/** Rows of a file that a person names, one JSON object a line. Error: `bad_input` naming every wrong line. */
export function readRowsFile<S extends z.ZodType>(
  file: string,
  schema: S,
  keyOf: (value: z.infer<S>) => string,
): z.infer<S>[] {
  const read = readRows({ path: file, label: file }, schema, { name: "id", of: keyOf });
  refuse(read.problems, `${file} is not as it must be`);
  return read.rows.map(({ value }) => value);
}
