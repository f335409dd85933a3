import { type Cell, NO_WORDS, type Words, type WrittenColumn } from "./columns.ts";

/** CSV text (RFC 4180, UTF-8, with a header) of rows. */
export function csv<Row>(
  columns: readonly WrittenColumn<Row>[],
  rows: readonly Row[],
  words: Words = NO_WORDS,
): string {
  const head = columns.map(({ name }) => name).join(",");
  const lines = rows.map((row) => columns.map(({ of, plain = false }) => csvCell(of(row, words), plain)).join(","));
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

/**
 * One cell. Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV injection"):
 * titles and page texts come from strangers. `plain` text is ours and stays as it is.
 */
export function csvCell(value: Cell, plain = false): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = !plain && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
