import { type Fragment, type Html, html } from "../html.ts";

export type DataTable = {
  id: string;
  caption: string;
  columns: readonly string[];
  rows: readonly { id: string; cells: readonly Fragment[]; look?: string }[];
  /** How wide the columns are, as a class of the style sheet. */
  look?: "ledger" | "basic" | "counts" | "changes" | "papers" | "sourced" | "states";
};

/**
 * A table of records, first cell as the row's head. On a phone each row becomes a card with its labels; the roles are
 * written out since browsers forget a table's meaning once its rows are drawn as blocks.
 */
export function dataTable({ id, caption, columns, rows, look = "basic" }: DataTable): Html {
  const [head, ...others] = columns;
  return html`<table class="records ${look}" role="table" aria-labelledby="${id}">
<caption id="${id}">${caption}</caption>
<thead role="rowgroup"><tr role="row">${[head, ...others].map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(
  (row) => html`<tr role="row" id="${row.id}"${row.look !== undefined && html` class="${row.look}"`}>${row.cells.map(
    (cell, index) =>
      index === 0
        ? html`<th role="rowheader" scope="row">${cell}</th>`
        : html`<td role="cell" data-label="${columns[index]}"><div>${cell}</div></td>`,
  )}</tr>
`,
)}</tbody></table>`;
}
