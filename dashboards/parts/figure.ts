import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";

/** A drawing with all that must stand beside it: a sentence, the same as a table, and the data to take away. */
export type Figure = {
  id: string;
  title: string;
  /** What the drawing shows, in one sentence made from the same data. */
  sentence: string | null;
  drawing: Html;
  legend?: Html | null;
  /** Null where the page's own table is the table. */
  table: Html | null;
  csv: string | null;
  png: string | null;
  /** How to show it elsewhere. */
  share?: Html | null;
};

/** A figure. Where drawings are not shown (no SVG, lite mode), sentence, table, CSV and PNG still say the same. */
export function figure({ t }: Context, { id, title, sentence, drawing, legend, table, csv, png, share }: Figure): Html {
  return html`<figure class="chart" aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${sentence !== null && html`<p class="sentence">${sentence}</p>`}
${drawing}
<figcaption>${legend}
${table !== null && html`<details><summary>${t("figure.asTable")}</summary>${table}</details>`}
<p class="links">${csv !== null && html`<a href="${csv}">CSV</a> `}${png !== null && html`<a href="${png}" type="image/png">${t("figure.png")}</a>`}</p>
${share}</figcaption>
</figure>`;
}
