import type { Language, TargetCell, TargetView } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Fragment, type Html, html } from "./html.ts";
import { cardHref, incidentsHref, regionHref, targetHref, targetsHref } from "./links.ts";
import { changeTable } from "./parts/change-table.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { networkHead } from "./parts/coverage-table.ts";
import { dayHistory } from "./parts/day-history.ts";
import { documentText } from "./parts/document.ts";
import { findingCell } from "./parts/finding-cell.ts";
import { targetLegalSections } from "./parts/legal-target.ts";
import { matrixTable } from "./parts/matrix.ts";
import { onDay } from "./parts/on-day.ts";
import { networksOf } from "./parts/target-table.ts";
import { reportTable } from "./parts/timeline-tables.ts";
import { spanHtml, styleOf } from "./parts/when.ts";
import { TILES } from "./tiles.ts";
import { DEFAULT_ZONE } from "./time.ts";
import { spanOf } from "./words/changes.ts";
import { siteLead } from "./words/lead.ts";
import { regionName } from "./words/names.ts";
import { siteSentence } from "./words/site-sentence.ts";

/** One site: what it does now and where, since when and how, day by day, what was reported of it, why it is measured. */
export function targetPage(view: TargetView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const { target } = view;
  const own = { target: target.id };
  const main = html`<div class="lead">
<p class="kicker"><a href="${targetsHref(language, target.category)}">${t(`category.${target.category}`)}</a></p>
<h1>${siteSentence(context, view)}</h1>
<p class="dek">${target.names[language] !== target.id && `${target.names[language]}. `}${sinceSentence(context, view)}</p></div>
${onDay(context, view)}
<section aria-labelledby="changes"><h2 id="changes">${t("changes.title")}</h2>
<p class="note">${t("changes.note")}</p>
${changeTable(context, view.incidents, t("site.incidents.none"))}
${view.incidents.length > 0 && html`<p class="links"><a href="${incidentsHref(language, own)}">${t("place.allIncidents")}</a></p>`}</section>
${nowSection(context, view)}
${dayHistory(context, view)}
${view.legal !== undefined && targetLegalSections(context, view.legal)}
<section class="reported" aria-labelledby="reports"><h2 id="reports">${t("reports.title")}</h2>
<p class="note">${t("reports.note")}</p>
${view.reports.length === 0 ? html`<p class="empty">${t("site.reports.none")}</p>` : reportTable(context, view.reports)}</section>
${about(context, view)}`;
  const links = [
    dataLink("measurements", "csv", own),
    dataLink("verdicts", "json", own),
    dataLink("verdicts", "csv", own),
    dataLink("incidents", "csv", own),
    dataLink("targets", "csv"),
  ];
  const day = view.asked?.day ?? null;
  const href = (other: Language) => targetHref(other, target.id, day);
  const footer = colophon(context, view, href(language), links);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  const card = { path: cardHref(language, `targets/${target.id}`), lead: siteLead(context, view) };
  return documentText({ t, language, title: target.id, current: "targets", hrefs, main, footer, card });
}

/** Since when there were signs at all, and until when; that nothing was ever found is told too. */
function sinceSentence(context: Context, { incidents }: TargetView): Html | string {
  const { t } = context;
  const span = spanOf(incidents);
  if (span === null) return t("changes.never");
  const style = styleOf(context, DEFAULT_ZONE, true);
  const first = html`${t("changes.first")} ${spanHtml(span.first, style)}.`;
  return span.last === null
    ? html`${first} ${t("changes.stillOpen")}`
    : html`${first} ${t("changes.last")} ${spanHtml(span.last, style)}.`;
}

/** Regions against networks: the latest finding of each, over two hours. */
function nowSection(context: Context, { cells }: TargetView): Html {
  const { t, language } = context;
  const codes = [...TILES.map(({ code }): string | null => code), null];
  const regions = codes.filter((code) => cells.some(({ region }) => regionOf(region) === code));
  const networks = networksOf([{ target: "", own: cells }]);
  return html`<section aria-labelledby="now"><h2 id="now">${t("site.nowTitle")}</h2>
<p class="note">${t("targets.note")}</p>
${
  regions.length === 0
    ? html`<p class="empty">${t("targets.empty")}</p>`
    : matrixTable({
        id: "now-table",
        caption: t("site.nowCaption"),
        corner: t("coverage.region"),
        columns: networks.map((asn) => networkHead(context, asn)),
        rows: regions.map((region) => ({
          head:
            region === null
              ? t("region.unknown")
              : html`<a href="${regionHref(language, region)}">${regionName(context, region)}</a>`,
          cells: networks.map((asn) =>
            findingCell(
              context,
              cells.filter((cell) => regionOf(cell.region) === region && cell.asn === asn),
            ),
          ),
        })),
      })
}</section>`;
}

function regionOf(region: TargetCell["region"]): string | null {
  return region?.includes("-") === true ? region : null;
}

/** Addresses are text: opening one could show a reader's provider what they read. */
function about({ t }: Context, { target }: TargetView): Html {
  const row = (label: string, value: Fragment) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`;
  return html`<section aria-labelledby="about"><h2 id="about">${t("site.about")}</h2>
<div class="hold"><dl class="facts">
${row(t("site.why"), html`<span lang="en">${target.why}</span>`)}${row(t("events.source"), html`<span class="source" lang="en">${target.source}</span>`)}${row(t("site.address"), html`<span class="source">${target.url}</span>`)}${row(
  t("site.hosted"),
  target.hostedIn ?? t("site.hosted.unknown"),
)}${row(t("site.how"), t(`site.how.${target.kind}`))}</dl></div></section>`;
}
