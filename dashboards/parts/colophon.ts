import type { Stamp } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { type DataChoice, type DataFormat, dataHref, type Resource } from "../links.ts";
import { DEFAULT_ZONE } from "../time.ts";
import { momentHtml, styleOf } from "./when.ts";

/** A link to data in one format. */
export type DataLink = { label: string; href: string };

/** The link to data of one kind and format, as picked by a choice. */
export function dataLink(resource: Resource, format: DataFormat, choice: DataChoice = {}): DataLink {
  return { label: `${resource}.${format}`, href: dataHref(resource, format, choice) };
}

/** The foot of a page: state of knowledge, rules, licence, this view's own address, and the data behind it. */
export function colophon(context: Context, stamp: Stamp, permalink: string, data: readonly DataLink[]): Html {
  const { t } = context;
  const style = styleOf(context, DEFAULT_ZONE, true);
  const row = (label: string, value: Html) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<footer class="colophon" aria-labelledby="colophon-title"><div class="wrap">
<h2 id="colophon-title">${t("colophon.title")}</h2>
<dl class="facts">
${row(t("colophon.asOf"), momentHtml(stamp.asOf, style))}
${row(t("colophon.rules"), html`${stamp.rulesVersion}`)}
${row(t("colophon.license"), html`${stamp.license}`)}
${row(t("colophon.permalink"), html`<a class="permalink" href="${permalink}">${permalink}</a>`)}
${data.length > 0 && row(t("colophon.data"), html`<span class="links">${data.map((link) => html`<a href="${link.href}">${link.label}</a> `)}</span>`)}
</dl>
<div class="small-print"><p>${t("colophon.cautious")}</p>
<p>${t("colophon.addresses")}</p></div>
</div></footer>`;
}
