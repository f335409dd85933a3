import { gunzip, isUtf8, searchable } from "../evidence/deflate.ts";
import type { Files } from "../evidence/files.ts";
import { LINE_BYTES, type Span, spanText } from "../replay/entry-line.ts";
import { UNPACKED_MAX } from "./record-files.ts";

const NEWLINE = 10;

/** Lines of a file, gzipped or not; null when it is missing or cannot be unpacked. */
export function linesOf(files: Files, path: string): string[] | null {
  const plain = plainOf(files, path);
  return plain === null ? null : Array.from(eachLine(plain), textOfLine);
}

/** A file, unpacked where it is gzipped; null when it is missing or cannot be unpacked. */
export function plainOf(files: Files, path: string): Uint8Array | null {
  const bytes = files.get(path);
  if (bytes === undefined) return null;
  try {
    return path.endsWith(".gz") ? gunzip(bytes, UNPACKED_MAX) : bytes;
  } catch {
    return null;
  }
}

/** A line as {@link eachLine} gives it; null for one that is longer than any may be. */
export type Line = Span | string | null;

/** Such a line as text; empty for one that is too long. */
export function textOfLine(line: Line): string {
  if (line === null) return "";
  return typeof line === "string" ? line : spanText(line);
}

/** Behind the last line break between two places of a file; null when there is none. */
export function endOfLines(bytes: Uint8Array, from: number, to: number): number | null {
  const last = searchable(bytes.subarray(from, to)).lastIndexOf(NEWLINE);
  return last === -1 ? null : from + last + 1;
}

/**
 * Lines between two places of a file, one by one: where they stand, or as text where that is not all UTF-8. A last line
 * break ends the last line and begins none.
 */
export function* eachLine(bytes: Uint8Array, from = 0, to = bytes.length): Generator<Line> {
  const whole = isUtf8(bytes.subarray(from, to));
  const lineAt = (begin: number, end: number): Line => {
    if (end - begin > LINE_BYTES) return null;
    const span = { bytes, from: begin, to: end };
    return whole ? span : spanText(span);
  };
  const searched = searchable(bytes.subarray(0, to));
  let begin = from;
  for (let end = searched.indexOf(NEWLINE, begin); end !== -1; end = searched.indexOf(NEWLINE, begin)) {
    yield lineAt(begin, end);
    begin = end + 1;
  }
  if (begin < to) yield lineAt(begin, to);
}
