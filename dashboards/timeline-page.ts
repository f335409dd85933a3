import type { Language, TimelinePageView } from "../collector/api/types.ts";
import { timelineDrawing, timelineLegend } from "./chart/timeline-chart.ts";
import { contextOf } from "./context.ts";
import { html } from "./html.ts";
import { chartHref, choiceOf, dataHref, timelineHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { coverageSteps } from "./parts/coverage-steps.ts";
import { documentText } from "./parts/document.ts";
import { figure } from "./parts/figure.ts";
import { incidentTable } from "./parts/incident-table.ts";
import { outsideFigure } from "./parts/outside-rows.ts";
import { share } from "./parts/share.ts";
import { timelineFilter } from "./parts/timeline-filter.ts";
import { eventTable, reportTable } from "./parts/timeline-tables.ts";
import { spanHtml } from "./parts/when.ts";
import { letterOf } from "./words/incident.ts";
import { networkShort, regionName, zoneOf } from "./words/names.ts";
import { isBlind, isUntold, timelineNotes, timelineSentence } from "./words/timeline-sentence.ts";

/** Rows of each table; all are in the data files. */
const SHOWN = 100;

/** The timeline: when and where, beside which events, and what was reported; as a drawing and again as tables. */
export function timelinePage(view: TimelinePageView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const zone = zoneOf(context, view.region === null ? [] : [view.region]);
  const style = { language, zone };
  const byStart = [...view.incidents].sort((a, b) => a.start.latest.localeCompare(b.start.latest));
  const incidents = byStart.map((incident, index) => ({ letter: letterOf(index), incident }));
  const frame = { context, view, zone, incidents, rows: view.rows };
  const place = view.region === null ? t("place.KZ") : regionName(context, view.region);
  const network = view.asn === null ? t("filter.allNetworks") : networkShort(context, view.asn);
  const choice = { ...choiceOf(view), events: view.eventsShown };
  const asOf = view.asOf === view.generatedAt ? null : view.asOf;
  const chosen = { ...choiceOf(view), as_of: asOf, events: view.eventsShown ? null : "0" };
  const main = html`<div class="lead">
<p class="kicker">${t("timeline.title")} · ${place} · ${network}</p>
<h1>${timelineSentence(context, view)}</h1>
<p class="dek">${spanHtml({ earliest: view.from, latest: view.to }, style)}</p></div>
${timelineFilter(context, view, zone, view.around)}
${figure(context, {
  id: "chart",
  title: t("timeline.figure"),
  sentence: timelineNotes(context, view, style).join(" ") || null,
  drawing: timelineDrawing(frame),
  legend: timelineLegend(frame),
  table: coverageSteps(frame),
  csv: dataHref("presence", "csv", choice),
  png: chartHref(language, "timeline", chosen),
  share: share(context, {
    ...{ embed: "timeline", title: timelineSentence(context, view), values: chosen, heightPx: 760 },
  }),
})}
${outsideFigure(context, view, zone)}
<section aria-labelledby="incidents"><h2 id="incidents">${t("chart.incidents")}</h2>
${incidentTable(context, {
  id: "incidents-table",
  caption: t("incidents.caption"),
  incidents: incidents.slice(0, SHOWN),
  asOf,
  none: t(isUntold(view) ? "incidents.noneFew" : isBlind(view) ? "incidents.noneBlind" : "incidents.none"),
})}
${incidents.length > SHOWN && html`<p class="small">${t("targets.more", { count: incidents.length - SHOWN })}</p>`}</section>
<section aria-labelledby="events"><h2 id="events">${t("events.title")}</h2>
${view.eventsShown ? html`<p class="note">${t("events.note")}</p>${eventTable(context, view, incidents)}` : html`<p class="empty">${t("events.hidden")}</p>`}</section>
<section class="reported" aria-labelledby="reports"><h2 id="reports">${t("reports.title")}</h2>
<p class="note">${t("reports.note")}</p>
${reportTable(context, view.reports)}</section>`;
  const links = [
    dataLink("timeline", "json", choice),
    dataLink("incidents", "csv", choice),
    dataLink("incidents", "ndjson", choice),
    dataLink("presence", "csv", choice),
    dataLink("events", "csv", choice),
    dataLink("reports", "csv", choice),
    dataLink("verdicts", "ndjson", choice),
  ];
  const hrefs = { kk: timelineHref("kk", choice), ru: timelineHref("ru", choice), en: timelineHref("en", choice) };
  const footer = colophon(context, view, timelineHref(language, { ...choice, asOf: view.asOf }), links);
  return documentText({
    t,
    language,
    title: `${t("timeline.title")}: ${place}`,
    current: "timeline",
    hrefs,
    main,
    footer,
  });
}
