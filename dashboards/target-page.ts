import type { Language, TargetView } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Fragment, type Html, html } from "./html.ts";
import { targetHref, targetsHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { dayHistory } from "./parts/day-history.ts";
import { documentText } from "./parts/document.ts";
import { incidentLine } from "./parts/incident-card.ts";
import { targetLegalSections } from "./parts/legal-target.ts";
import { reportTable } from "./parts/timeline-tables.ts";
import { isInterference, worstOf } from "./words/finding.ts";
import { listText, networkShort } from "./words/names.ts";

const SHOWN_INCIDENTS = 30;
const SHOWN_NETWORKS = 6;

/** One site: what it does now, day by day, its incidents, what was reported of it, and why it is measured. */
export function targetPage(view: TargetView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const { target } = view;
  const incidents = view.incidents.slice(0, SHOWN_INCIDENTS).map((incident) => incidentLine(context, incident));
  const main = html`<div class="lead">
<p class="kicker"><a href="${targetsHref(language, target.category)}">${t(`category.${target.category}`)}</a></p>
<h1>${siteSentence(context, view)}</h1>
<p class="dek">${target.names[language]}</p></div>
<section aria-labelledby="days"><h2 id="days">${t("site.days")}</h2>
${dayHistory(context, view)}</section>
<section aria-labelledby="incidents"><h2 id="incidents">${t("site.incidents")}</h2>
${incidents.length === 0 ? html`<p class="empty">${t("site.incidents.none")}</p>` : html`<ol class="recent">${incidents}</ol>`}</section>
${view.legal !== undefined && targetLegalSections(context, view.legal)}
<section class="reported" aria-labelledby="reports"><h2 id="reports">${t("reports.title")}</h2>
<p class="note">${t("reports.note")}</p>
${view.reports.length === 0 ? html`<p class="empty">${t("site.reports.none")}</p>` : reportTable(context, view.reports)}</section>
${about(context, view)}`;
  const own = { target: target.id };
  const links = [
    dataLink("verdicts", "json", own),
    dataLink("verdicts", "csv", own),
    dataLink("incidents", "csv", own),
    dataLink("targets", "csv"),
  ];
  const footer = colophon(context, view, targetHref(language, target.id), links);
  const hrefs = { kk: targetHref("kk", target.id), ru: targetHref("ru", target.id), en: targetHref("en", target.id) };
  return documentText({ t, language, title: target.id, current: "targets", hrefs, main, footer });
}

/** What the site does now, in one sentence. */
function siteSentence(context: Context, { target, cells }: TargetView): string {
  const { t } = context;
  const networks = [...new Set(cells.map(({ asn }) => asn))];
  if (networks.length === 0) return t("site.now.unknown", { site: target.id });
  const odd = networks.flatMap((asn) => {
    const worst = worstOf(cells.filter((cell) => cell.asn === asn));
    if (worst === undefined || worst.code === "ok") return [];
    return [{ rank: isInterference(worst.code) ? 0 : 1, asn, code: worst.code }];
  });
  if (odd.length === 0) return t("site.now.ok", { site: target.id, count: networks.length });
  const items = odd
    .sort((a, b) => a.rank - b.rank)
    .map(({ asn, code }) => t("site.now.item", { network: networkShort(context, asn), finding: t(`method.${code}`) }));
  return t("site.now.odd", { site: target.id, list: listText(context, items, SHOWN_NETWORKS) });
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
