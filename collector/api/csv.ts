export type Cell = string | number | boolean | null;

/** One column of a table: its name, and its value in a row. */
export type Column<Row> = { readonly name: string; readonly of: (row: Row) => Cell };

/** CSV text (RFC 4180, UTF-8, with a header) of rows. */
export function csv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const head = columns.map(({ name }) => name).join(",");
  const lines = rows.map((row) => columns.map(({ of }) => csvCell(of(row))).join(","));
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

/**
 * One cell. Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV injection"):
 * titles and page texts come from strangers.
 */
export function csvCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
