import type { Language, MatrixView } from "../collector/api/types.ts";
import { MATRIX_VALUES } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { chartHref, dataHref, type MatrixChoice, matrixHref, networkHref, regionHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { select, timeField } from "./parts/fields.ts";
import { matrixTable } from "./parts/matrix.ts";
import { share } from "./parts/share.ts";
import { sortLinks } from "./parts/sort-links.ts";
import { momentHtml, styleOf } from "./parts/when.ts";
import { DEFAULT_ZONE } from "./time.ts";
import { cellOf, LOOKS, type MatrixRow, rowsOf } from "./words/matrix-cell.ts";
import { networkShort, regionName } from "./words/names.ts";

const MINUTE_MS = 60_000;
const STEPS = [
  ["matrix.day", 24 * 60],
  ["matrix.hour", 60],
  ["matrix.fiveMinutes", 5],
] as const;

/** Every region against every network at one moment: which were connected, and where sites showed signs of interference. */
export function matrixPage(view: MatrixView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const style = styleOf(context, DEFAULT_ZONE, true);
  const { rows } = rowsOf(context, view);
  const own: MatrixChoice = { at: view.at, value: view.value, sort: view.sort };
  const main = html`<div class="lead">
<p class="kicker">${t("nav.matrix")}</p>
<h1>${matrixSentence(context, rows)}</h1>
<p class="dek">${t(`matrix.value.${view.value}`)}: ${momentHtml(view.at, style)}</p></div>
${choiceForm(context, view)}
${stepLinks(context, view)}
<section aria-labelledby="matrix"><h2 id="matrix" class="unseen">${t("nav.matrix")}</h2>
${sortLinks(context, view.sort, (sort) => matrixHref(language, { ...own, sort }))}
${matrixGrid(context, view)}
${matrixLegend(context)}
<p class="links"><a href="${dataHref("states", "csv", { at: view.at })}">CSV</a> <a href="${chartHref(language, "matrix", { at: view.at, value: view.value, sort: view.sort })}" type="image/png">${t("figure.png")}</a></p>
${share(context, {
  ...{ embed: "matrix", title: matrixSentence(context, rows), heightPx: 1100 },
  values: { at: view.at, value: view.value === "connected" ? null : view.value },
})}</section>`;
  const href = (other: Language) => matrixHref(other, own);
  const at = { at: view.at };
  const links = [dataLink("states", "csv", at), dataLink("states", "json", at), dataLink("states", "geojson", at)];
  const footer = colophon(context, view, href(language), links);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  return documentText({ t, language, title: t("nav.matrix"), current: "matrix", hrefs, main, footer });
}

/** The matrix as a table. */
export function matrixGrid(context: Context, view: MatrixView): Html {
  const { t, language } = context;
  const { rows, asns } = rowsOf(context, view);
  return matrixTable({
    id: "matrix-table",
    caption: t(`matrix.caption.${view.value}`),
    corner: t("coverage.region"),
    columns: asns.map((asn) => html`<a href="${networkHref(language, asn)}">${networkShort(context, asn)}</a>`),
    rows: rows.map((row) => ({
      head: html`<a href="${regionHref(language, row.region)}">${regionName(context, row.region)}</a>`,
      cells: asns.map((asn) => cellOf(context, view, row, asn)),
    })),
  });
}

/** How many cells are watched at the moment, and in how many of them something is open. */
export function matrixSentence({ t }: Context, rows: readonly MatrixRow[]): string {
  const watched = rows.reduce((sum, row) => sum + row.cells.size, 0);
  const regions = rows.filter((row) => row.open.length > 0).length;
  return t("matrix.sentence", { watched, regions });
}

function choiceForm(context: Context, view: MatrixView): Html {
  const { t, language } = context;
  const values = MATRIX_VALUES.filter((value) => value !== "connected").map((value) => ({
    value,
    label: t(`matrix.value.${value}`),
  }));
  return html`<form class="filter" method="get" action="${matrixHref(language)}" aria-labelledby="filter">
<h2 id="filter" class="unseen">${t("filter.title")}</h2>
<div class="fields">
${timeField(context, "at", t("matrix.at"), view.at, DEFAULT_ZONE)}
${select(context, "value", t("matrix.shown"), t("matrix.value.connected"), values, view.value === "connected" ? null : view.value)}
${view.sort === "worst" && html`<input type="hidden" name="sort" value="worst">`}<button type="submit">${t("filter.show")}</button>
</div></form>`;
}

function stepLinks({ t, language }: Context, view: MatrixView): Html {
  const href = (minutes: number) => {
    const at = new Date(Date.parse(view.at) + minutes * MINUTE_MS).toISOString();
    return matrixHref(language, { at, value: view.value, sort: view.sort });
  };
  const last = Date.parse(view.at) + 10 * MINUTE_MS > Date.parse(view.generatedAt);
  return html`<nav class="presets" aria-label="${t("filter.windows")}"><p>${t("matrix.before")}: ${STEPS.map(
    ([key, minutes]) => html`<a href="${href(-minutes)}" rel="prev">− ${t(key)}</a> `,
  )}</p>
<p>${t("matrix.after")}: ${STEPS.toReversed().map(
    ([key, minutes]) => html`<a href="${href(minutes)}" rel="next">+ ${t(key)}</a> `,
  )}${!last && html`<a href="${matrixHref(language, { value: view.value, sort: view.sort })}">${t("matrix.now")}</a>`}</p></nav>`;
}

/** What the looks of cells mean. */
export function matrixLegend({ t }: Context): Html {
  return html`<ul class="legend means">${LOOKS.map(
    ({
      look,
      glyph,
      key,
    }) => html`<li><span class="swatch ${look}"><span class="glyph" aria-hidden="true">${glyph}</span></span> <span>${t(key)}</span></li>
`,
  )}</ul>`;
}
