/** A series as drawn: times in seconds since 1970, and one list of values for each line; null where nothing is known. */
export type Series = { times: number[]; values: (number | null)[][] };

/** Reads the table of a page; null when it has no rows. */
export function readSeries(page: Document): Series | null {
  const rows = [...page.querySelectorAll<HTMLTableRowElement>("#explore-table tbody tr")];
  const [first] = rows;
  if (first === undefined) return null;
  const lines = (first.dataset.values ?? "").split(";").length;
  return {
    times: rows.map((row) => Date.parse(row.dataset.at ?? "") / 1000),
    values: Array.from({ length: lines }, (_, line) => rows.map((row) => numberIn(row, line))),
  };
}

function numberIn(row: HTMLTableRowElement, line: number): number | null {
  const text = (row.dataset.values ?? "").split(";")[line] ?? "";
  return text === "" ? null : Number(text);
}
