import type { OutsideRow } from "../../collector/api/types.ts";
import { axisSvg, gridSvg } from "../chart/axis.ts";
import { outsideStrip } from "../chart/outside-strip.ts";
import { scaleOf } from "../chart/scale.ts";
import type { Context } from "../context.ts";
import { type Fragment, type Html, html } from "../html.ts";
import { networkName, networkShort } from "../words/names.ts";
import { dataTable } from "./data-table.ts";
import { momentHtml, spanHtml, styleOf } from "./when.ts";

const SOURCE_NAMES = { ioda: "IODA", radar: "Cloudflare Radar", ooni: "OONI" } as const;
/** Marked times that one cell of the table tells; all are in the data. */
const SPANS_SHOWN = 6;

type Shown = { from: string; to: string; outside: readonly OutsideRow[] };

/**
 * What other projects measured in the same time: apart from ours, each series on a scale of its own that is told beside
 * it, with its terms, the moment it was received and the very bytes. Nothing where nothing is kept for that time.
 */
export function outsideFigure(context: Context, { from, to, outside }: Shown, zone: string): Html | null {
  if (outside.length === 0) return null;
  const { t } = context;
  const scale = scaleOf(from, to);
  return html`<figure class="chart outside" aria-labelledby="outside">
<h2 id="outside">${t("outside.title")}</h2>
<p class="note">${t("outside.note")}</p>
<div class="plot bare">
<div class="grid-box">${gridSvg(scale, zone, [])}</div>
<div class="line"><p class="label"></p>${axisSvg(context, scale, zone)}</div>
${outside.map(
  (row) => html`<div class="line"><p class="label">${nameOf(row)} <small>${entityOf(context, row, "short")}</small>
<small>${scaleText(context, row)}</small></p>${outsideStrip(scale, row, labelOf(context, row))}</div>
`,
)}</div>
<figcaption>
<ul class="legend"><li><span class="sign sign-hatch"></span> ${t("outside.noValue")}</li>
<li><span class="sign sign-blank"></span> ${t("outside.outside")}</li></ul>
<details><summary>${t("figure.asTable")}</summary>${outsideTable(context, outside, zone)}</details>
<p class="small">${termsOf(outside).join(" · ")}</p>
<p class="links"><a href="/api/v1/outside?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}">JSON</a></p>
</figcaption></figure>`;
}

function nameOf({ source, signal }: OutsideRow): string {
  return `${SOURCE_NAMES[source]}: ${signal}`;
}

/** Of what a series speaks: the country, a network by name, or the source's own code; and of which site. */
function entityOf(context: Context, { entity, asn, target }: OutsideRow, length: "short" | "full"): string {
  const name = length === "short" ? networkShort : networkName;
  const place =
    asn !== null
      ? name(context, asn)
      : entity.type === "country" && entity.code === "KZ"
        ? context.t("outside.country")
        : `${entity.type} ${entity.code}`;
  return target === null ? place : `${place}, ${target}`;
}

function scaleText({ t }: Context, { low, high }: OutsideRow): string {
  return low === null || high === null
    ? t("outside.spansText")
    : t("outside.scaleText", { low: valueText(low), high: valueText(high) });
}

/** A strip in words, for those who do not see it. */
function labelOf(context: Context, row: OutsideRow): string {
  const { t } = context;
  const words = { source: SOURCE_NAMES[row.source], signal: row.signal, entity: entityOf(context, row, "full") };
  return row.low === null || row.high === null
    ? t("outside.textSpans", { ...words, count: row.spans.length })
    : t("outside.text", { ...words, low: valueText(row.low), high: valueText(row.high) });
}

function outsideTable(context: Context, rows: readonly OutsideRow[], zone: string): Html {
  const { t } = context;
  return dataTable({
    id: "outside-table",
    caption: t("outside.caption"),
    columns: [
      ...[t("outside.signal"), t("outside.lowest"), t("outside.marked")],
      ...[t("outside.licence"), t("outside.retrieved")],
    ],
    rows: rows.map((row, index) => ({
      id: `outside-${index + 1}`,
      cells: [
        html`${nameOf(row)}<br><span class="small">${entityOf(context, row, "full")}</span>`,
        extremes(context, row, zone),
        marked(context, row, zone),
        row.licence,
        html`${momentHtml(row.retrievedAt, styleOf(context, zone, true))}<br><a href="${row.original}" type="application/json">${t("outside.original")}</a>`,
      ],
    })),
  });
}

/** The smallest and the largest value, each with the first part of the drawing that has it. */
function extremes(context: Context, { buckets, spans }: OutsideRow, zone: string): Fragment {
  const told = buckets.flatMap(({ min, max, ...span }) => (min === null || max === null ? [] : [{ min, max, span }]));
  if (told.length === 0) return spans.length > 0 ? "–" : context.t("outside.noValue");
  const low = told.reduce((least, one) => (one.min < least.min ? one : least));
  const high = told.reduce((most, one) => (one.max > most.max ? one : most));
  const line = (value: number, { from, to }: { from: string; to: string }) =>
    html`${valueText(value)} <span class="small">${spanHtml({ earliest: from, latest: to }, styleOf(context, zone))}</span>`;
  return html`${line(low.min, low.span)}<br>${line(high.max, high.span)}`;
}

function marked(context: Context, { spans }: OutsideRow, zone: string): Fragment {
  if (spans.length === 0) return "–";
  const style = styleOf(context, zone);
  const one = ({ from, to, label }: OutsideRow["spans"][number]) =>
    html`<li>${to === null ? html`${momentHtml(from, style)}, ${context.t("outside.goesOn")}` : spanHtml({ earliest: from, latest: to }, style)}<br><span class="small">${label}</span></li>`;
  const left = spans.length - SPANS_SHOWN;
  return html`<ul class="bare">${spans.slice(0, SPANS_SHOWN).map(one)}${left > 0 && html`<li>+${left}</li>`}</ul>`;
}

/** Terms of each source that is drawn, once. */
function termsOf(rows: readonly OutsideRow[]): string[] {
  return [...new Set(rows.map(({ source, licence }) => `${SOURCE_NAMES[source]}: ${licence}`))];
}

/** A value as it was given: whole numbers with groups of three, others to four digits. */
function valueText(value: number): string {
  if (!Number.isInteger(value)) return String(Number(value.toPrecision(4)));
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
