import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { CodedError, errorCode } from "../protocol/coded-error.ts";
import { plainProblem, problemTexts } from "../protocol/plain-problem.ts";

const DEFAULT_DIR = fileURLToPath(new URL("data", import.meta.url));
/** Our own files are a hundredth of this. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;
const PROBLEMS_SHOWN = 50;

/** A data file and the name by which problems call it. */
export type DataFile = { readonly path: string; readonly label: string };

/** What a file holds: its rows with their line numbers, and everything that is wrong with it. */
export type Rows<T> = { readonly rows: readonly { line: number; value: T }[]; readonly problems: readonly string[] };

/**
 * Finds a data file in `dir`, or else among the data of this package. Throws `bad_input` when `dir` is no folder.
 */
export function dataFile(name: string, dir?: string): DataFile {
  if (dir !== undefined) {
    if (!isFolder(dir)) throw new CodedError("bad_input", `There is no folder '${dir}' to read targets from.`);
    if (existsSync(join(dir, name))) return { path: join(dir, name), label: join(dir, name) };
  }
  return { path: join(DEFAULT_DIR, name), label: `targets/data/${name}` };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Reads a file of one JSON object a line. `key` names what must differ between lines. Nothing is thrown for what the
 * file holds: wrong lines are left out of `rows` and named in `problems` as `file:line: field: what is wrong`.
 */
export function readRows<S extends z.ZodType>(
  file: DataFile,
  schema: S,
  key: { name: string; of: (value: z.infer<S>) => string },
): Rows<z.infer<S>> {
  const rows: { line: number; value: z.infer<S> }[] = [];
  const problems: string[] = [];
  const firstLine = new Map<string, number>();
  for (const [index, text] of lines(file).entries()) {
    const line = index + 1;
    if (text.trim() === "") continue;
    const parsed = parseLine(text, schema);
    if (!parsed.ok) {
      problems.push(...parsed.problems.map((problem) => `${file.label}:${line}: ${problem}`));
      continue;
    }
    const id = key.of(parsed.value);
    const before = firstLine.get(id);
    if (before !== undefined)
      problems.push(`${file.label}:${line}: ${key.name}: '${id}' stands already on line ${before}`);
    firstLine.set(id, before ?? line);
    rows.push({ line, value: parsed.value });
  }
  return { rows, problems };
}

function lines(file: DataFile): string[] {
  const content = readBytes(file);
  if (content.length > FILE_BYTES_MAX)
    throw new CodedError("bad_input", `${file.label} is larger than ${FILE_BYTES_MAX} bytes.`);
  return content
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .split("\n");
}

function readBytes(file: DataFile): Buffer {
  try {
    // One byte more than allowed is asked for, so that a huge file (or a device) never fills the memory.
    const descriptor = openSync(file.path, "r");
    try {
      const buffer = Buffer.alloc(Math.min(fstatSync(descriptor).size, FILE_BYTES_MAX + 1));
      return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new CodedError("bad_input", `${file.label} cannot be read (${errorCode(error) ?? "unknown"}).`, {
      cause: error,
    });
  }
}

type Line<T> = { ok: true; value: T } | { ok: false; problems: string[] };

function parseLine<S extends z.ZodType>(text: string, schema: S): Line<z.infer<S>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  // The parsed copy, not the line itself, so that fields with defaults are filled in.
  const result = schema.safeParse(value, { error: plainProblem });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, problems: problemTexts(result.error, (path) => path.map(String).join(".") || "(line)") };
}

/** Throws `bad_input` with one problem a line when there are any; `what` says of which file or files. */
export function refuse(problems: readonly string[], what = "The data files are wrong"): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, PROBLEMS_SHOWN);
  const rest = problems.length - shown.length;
  const more = rest > 0 ? [`… and ${rest} more`] : [];
  throw new CodedError("bad_input", [`${what}:`, ...shown, ...more].join("\n"));
}
