/**
 * Rows of CSV text (RFC 4180: quoted cells may hold commas, quotes doubled and line breaks), each with the line it
 * begins on. A byte order mark is passed over, empty lines too.
 */
export function readCsv(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let line = 1;
  let startLine = 1;
  // A cell, quoted or plain, and what ends it. Sticky: every match begins where the last ended.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  cell.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) return [...rows, { line: startLine, cells: [] }];
    const [whole, quoted, plain = "", end] = match;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ",") {
      if (cell.lastIndex === text.length) cells.push("");
      else continue;
    }
    if (cells.some((value) => value !== "")) rows.push({ line: startLine, cells });
    cells = [];
    startLine = line;
  }
  if (cells.length > 0) rows.push({ line: startLine, cells });
  return rows;
}
