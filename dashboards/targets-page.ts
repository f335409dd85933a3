import type { Language, TargetCell, TargetsView } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { targetHref, targetsHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { select } from "./parts/fields.ts";
import { networksOf, siteMatrix } from "./parts/target-table.ts";
import { pageHref } from "./site-map.ts";
import { FINDINGS, isInterference, lookOf } from "./words/finding.ts";

/** Sites and services against networks: what is measured, and what each does now. */
export function targetsPage(view: TargetsView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const sites = view.targets
    .map(({ id }) => ({ target: id, own: view.cells.filter((cell) => cell.target === id) }))
    .sort((a, b) => Number(isOdd(b)) - Number(isOdd(a)) || a.target.localeCompare(b.target));
  const odd = sites.filter(isOdd);
  const measured = sites.filter(({ own }) => own.length > 0);
  const unmeasured = sites.filter(({ own }) => own.length === 0).map(({ target }) => target);
  const hasTools = view.targets.some(({ risk }) => risk === 3);
  const main = html`<div class="lead">
<p class="kicker">${t("targets.title")}${view.category !== null && ` · ${t(`category.${view.category}`)}`}</p>
<h1>${measured.length === 0 ? t("sites.leadNone", { count: sites.length }) : t("sites.lead", { count: sites.length, measured: measured.length, odd: odd.length })}</h1>
<p class="dek">${t("targets.note")} ${hasTools && t("sites.offByDefault")}</p></div>
${categoryForm(context, view)}
<section aria-labelledby="sites"><h2 id="sites">${t("sites.inList", { count: sites.length })}</h2>
${view.cells.length === 0 && html`<p class="note">${t("targets.empty")}</p>`}
${sites.length === 0 && html`<p class="empty">${t("sites.none")}</p>`}
${measured.length > 0 && siteMatrix(context, measured, networksOf(measured), t("sites.caption"))}
${unmeasured.length > 0 && unmeasuredList(context, unmeasured, measured.length === 0)}
<details><summary>${t("sites.words")}</summary>${wordList(context)}</details></section>`;
  const links = [dataLink("targets", "json"), dataLink("targets", "csv"), dataLink("verdicts", "ndjson")];
  const href = (other: Language) => targetsHref(other, view.category, view.changed);
  const footer = colophon(context, view, href(language), links);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  return documentText({ t, language, title: t("sites.title"), current: "targets", hrefs, main, footer });
}

function isOdd({ own }: { own: readonly TargetCell[] }): boolean {
  return own.some(({ code }) => isInterference(code));
}

/** Sites that nobody measured lately, in a few lines instead of as many rows without a finding. */
function unmeasuredList({ t, language }: Context, targets: readonly string[], open: boolean): Html {
  return html`<details class="unmeasured"${open && html` open`}><summary>${t("sites.unmeasured", { count: targets.length })}</summary>
<ul class="columns-list">${targets.map((id) => html`<li><a href="${targetHref(language, id)}">${id}</a></li>`)}</ul></details>`;
}

function categoryForm(context: Context, { category, categories, changed }: TargetsView): Html {
  const { t, language } = context;
  const options = categories.map((one) => ({ value: one, label: t(`category.${one}`) }));
  return html`<form class="filter" method="get" action="${targetsHref(language)}" aria-label="${t("filter.title")}">
<div class="fields">
${select(context, "category", t("sites.category"), t("sites.allCategories"), options, category)}
${select(context, "changed", t("sites.changed"), t("filter.all"), [{ value: "7d", label: t("sites.changed7d") }], changed ? "7d" : null)}
<button type="submit">${t("filter.show")}</button>
</div></form>`;
}

/** The words of the cells with their signs; what each means and how it errs stands on the page about the method. */
function wordList({ t, language }: Context): Html {
  return html`<ul class="legend">${FINDINGS.map((code) => {
    const { look, glyph } = lookOf(code);
    return html`<li><span class="swatch ${look}"><span class="glyph" aria-hidden="true">${glyph}</span></span> ${t(`method.${code}`)}</li>
`;
  })}</ul>
<p><a href="${pageHref(language, "methodology")}#verdicts">${t("nav.methodology")}</a></p>`;
}
