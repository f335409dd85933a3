import type { Language, TargetCell, TargetsView } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { targetsHref, textHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { networksOf, siteMatrix } from "./parts/target-table.ts";
import { FINDINGS, isInterference, lookOf } from "./words/finding.ts";

/** Sites and services against networks: what is measured, and what each does now. */
export function targetsPage(view: TargetsView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const sites = view.targets
    .map(({ id }) => ({ target: id, own: view.cells.filter((cell) => cell.target === id) }))
    .sort((a, b) => Number(isOdd(b)) - Number(isOdd(a)) || a.target.localeCompare(b.target));
  const odd = sites.filter(isOdd);
  const main = html`<div class="lead">
<p class="kicker">${t("targets.title")}${view.category !== null && ` · ${t(`category.${view.category}`)}`}</p>
<h1>${t("sites.lead", { count: sites.length, odd: odd.length })}</h1>
<p class="dek">${t("targets.note")}</p></div>
${categoryForm(context, view)}
<section aria-labelledby="sites"><h2 id="sites">${t("sites.inList", { count: sites.length })}</h2>
${view.cells.length === 0 && html`<p class="note">${t("targets.empty")}</p>`}
${sites.length === 0 ? html`<p class="empty">${t("sites.none")}</p>` : siteMatrix(context, sites, networksOf(sites), t("sites.caption"))}
<details><summary>${t("sites.words")}</summary>${wordList(context)}</details></section>`;
  const links = [dataLink("targets", "json"), dataLink("targets", "csv"), dataLink("verdicts", "ndjson")];
  const footer = colophon(context, view, targetsHref(language, view.category), links);
  const hrefs = {
    kk: targetsHref("kk", view.category),
    ru: targetsHref("ru", view.category),
    en: targetsHref("en", view.category),
  };
  return documentText({ t, language, title: t("sites.title"), current: "targets", hrefs, main, footer });
}

function isOdd({ own }: { own: readonly TargetCell[] }): boolean {
  return own.some(({ code }) => isInterference(code));
}

function categoryForm({ t, language }: Context, { category, categories }: TargetsView): Html {
  const collator = new Intl.Collator(language);
  const sorted = [...categories].sort((a, b) => collator.compare(t(`category.${a}`), t(`category.${b}`)));
  const option = (value: string, label: string) =>
    html`<option value="${value}"${value === (category ?? "") && html` selected`}>${label}</option>
`;
  return html`<form class="filter short" method="get" action="${targetsHref(language)}">
<p><label for="filter-category">${t("sites.category")}</label><select id="filter-category" name="category">
${option("", t("sites.allCategories"))}${sorted.map((one) => option(one, t(`category.${one}`)))}</select></p>
<button type="submit">${t("filter.show")}</button>
</form>`;
}

/** The words of the cells with their signs; what each means and how it errs stands on the page about the method. */
function wordList({ t, language }: Context): Html {
  return html`<ul class="legend">${FINDINGS.map((code) => {
    const { look, glyph } = lookOf(code);
    return html`<li><span class="swatch ${look}"><span class="glyph" aria-hidden="true">${glyph}</span></span> ${t(`method.${code}`)}</li>
`;
  })}</ul>
<p><a href="${textHref(language, "methodology")}#verdicts">${t("nav.methodology")}</a></p>`;
}
