import { CodedError } from "../protocol/coded-error.ts";

/**
 * Rows of CSV text (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes; LF or CRLF). Empty lines are
 * left out. Each row carries the line it begins on. Throws `bad_input` for a quote that is never closed.
 */
export function parseCsv(text: string): { line: number; fields: string[] }[] {
  const rows: { line: number; fields: string[] }[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const source = text.replace(/^\uFEFF/, "");
  let line = 1;
  let row: { line: number; fields: string[] } = { line, fields: [] };
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(source);
    if (match === null) throw new CodedError("bad_input", `Line ${line}: a quote is out of place or never closed.`);
    row.fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    line += source.slice(at, pattern.lastIndex).split("\n").length - 1;
    if (match[3] === ",") {
      // A comma at the very end of the text is followed by one empty field.
      if (pattern.lastIndex === source.length) row.fields.push("");
      continue;
    }
    rows.push(row);
    row = { line, fields: [] };
  }
  if (row.fields.length > 0) rows.push(row);
  return rows.filter(({ fields }) => fields.length > 1 || fields[0] !== "");
}
