import { gunzip, isUtf8, searchable } from "../evidence/deflate.ts";
import type { Files } from "../evidence/files.ts";
import { type Span, spanText } from "../replay/entry-line.ts";
import { UNPACKED_MAX } from "./record-files.ts";

const NEWLINE = 10;

/** Lines of a file, gzipped or not; null when it is missing or cannot be unpacked. */
export function linesOf(files: Files, path: string): string[] | null {
  const plain = plainOf(files, path);
  return plain === null ? null : textLines(plain);
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

/** Lines as text; none of a file that there is not. */
export function textLines(plain: Uint8Array | null): string[] {
  return Array.from(eachLine(plain), (line) => (typeof line === "string" ? line : spanText(line)));
}

/**
 * Lines, one by one: where they stand in the file, or as text where that is not all UTF-8. A last line break ends the last
 * line and begins none.
 */
export function* eachLine(plain: Uint8Array | null): Generator<Span | string> {
  if (plain === null || plain.length === 0) return;
  const whole = isUtf8(plain);
  const lineAt = (from: number, to: number): Span | string => {
    const span = { bytes: plain, from, to };
    return whole ? span : spanText(span);
  };
  const searched = searchable(plain);
  let begin = 0;
  for (let end = searched.indexOf(NEWLINE); end !== -1; end = searched.indexOf(NEWLINE, begin)) {
    yield lineAt(begin, end);
    begin = end + 1;
  }
  if (begin < plain.length) yield lineAt(begin, plain.length);
}
