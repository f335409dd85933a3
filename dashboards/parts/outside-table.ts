import type { TimelinePageView } from "../../collector/api/types.ts";
import { outsideName } from "../chart/outside-row.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { DEFAULT_ZONE } from "../time.ts";
import { dataTable } from "./data-table.ts";
import { momentHtml, styleOf } from "./when.ts";

/** Where the series of other projects come from, under which terms, and the very bytes of their answers. */
export function outsideSection(context: Context, { outside }: Pick<TimelinePageView, "outside">): Html {
  const { t } = context;
  const style = styleOf(context, DEFAULT_ZONE, true);
  const columns = ["outside.series", "outside.retrieved", "outside.terms", "outside.original"] as const;
  return html`<section aria-labelledby="outside"><h2 id="outside">${t("chart.outside")}</h2>
<p class="note">${t("outside.note")}</p>
${dataTable({
  id: "outside-table",
  caption: t("outside.caption"),
  columns: columns.map((key) => t(key)),
  rows: outside.map((row, index) => ({
    id: `outside-${index + 1}`,
    cells: [
      outsideName(context, row),
      momentHtml(row.retrievedAt, style),
      html`<span lang="en">${row.licence}</span>`,
      html`<a href="${row.original}">JSON</a><p class="small source">SHA-256 ${row.sha256}</p>`,
    ],
  })),
})}</section>`;
}
