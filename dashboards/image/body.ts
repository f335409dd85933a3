import { type Html, html } from "../html.ts";
import { IMAGE } from "./frame.ts";
import { wrapped } from "./wrap.ts";

/** Room for the names of rows at the left of a drawing; pixels. */
export const LABEL_PX = 190;
const GAP_PX = 8;

/** A row of a drawing: its name, and a drawing that takes all the width it is given. */
export type BodyRow = { label: string; drawing: Html; heightPx: number };

/** Rows under each other, names at the left; `behind` lies under all of them. */
export function rowsBody(rows: readonly BodyRow[], behind: Html | null = null): { drawing: Html; heightPx: number } {
  const plotPx = IMAGE.innerPx - LABEL_PX;
  let y = 0;
  const drawn = rows.map(({ label, drawing, heightPx }) => {
    const top = y;
    const lines = wrapped(label, LABEL_PX - 16, 15, Math.max(2, Math.floor(heightPx / 19)));
    y += Math.max(heightPx, lines.length * 19) + GAP_PX;
    const first = heightPx < 44 && lines.length === 1 ? top + Math.min(heightPx, 30) / 2 + 5 : top + 18;
    return html`${lines.map((line, index) => html`<text class="label" x="0" y="${first + index * 19}">${line}</text>`)}<svg x="${LABEL_PX}" y="${top}" width="${plotPx}" height="${heightPx}">${drawing}</svg>
`;
  });
  const ground =
    behind === null ? null : html`<svg x="${LABEL_PX}" y="0" width="${plotPx}" height="${y}">${behind}</svg>`;
  return { drawing: html`${ground}${drawn}`, heightPx: y };
}
