import { type Fragment, type Html, html } from "../html.ts";

/** A cell of a matrix: what stands in it, a class that patterns it, and where it leads. */
export type MatrixCell = { content: Fragment; look: string; href?: string | null };

/** What stands in a cell where there is nobody: a dash for the eye, the word for those who listen. */
export function nobody(word: string): Html {
  return html`<span aria-hidden="true">–</span><span class="unseen">${word}</span>`;
}

export type Matrix = {
  id: string;
  caption: string;
  corner: string;
  columns: readonly Fragment[];
  rows: readonly { head: Fragment; cells: readonly MatrixCell[] }[];
};

/** A table of rows against columns. It may scroll sideways inside its own frame, which the keyboard can reach. */
export function matrixTable({ id, caption, corner, columns, rows }: Matrix): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table class="matrix">
<caption id="${id}">${caption}</caption>
<thead><tr><th scope="col">${corner}</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({ head, cells }) => html`<tr><th scope="row">${head}</th>${cells.map(
    ({ content, look, href }) =>
      html`<td class="${look}">${href == null ? content : html`<a href="${href}">${content}</a>`}</td>`,
  )}</tr>
`,
)}</tbody></table></div>`;
}
