import type { Language, TimelineView } from "../collector/api/types.ts";
import { timelineChart } from "./chart/timeline-chart.ts";
import { contextOf } from "./context.ts";
import { html } from "./html.ts";
import { choiceOf, timelineHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { filterForm } from "./parts/filter-form.ts";
import { eventTable, incidentTable, reportTable } from "./parts/timeline-tables.ts";
import { spanHtml } from "./parts/when.ts";
import { letterOf } from "./words/incident.ts";
import { networkName, regionName, zoneOf } from "./words/names.ts";
import { timelineNotes, timelineSentence } from "./words/timeline-sentence.ts";

/** The timeline: when and where, beside which events, and what was reported; as a drawing and again as tables. */
export function timelinePage(view: TimelineView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const zone = zoneOf(context, view.region === null ? [] : [view.region]);
  const style = { language, zone };
  const byStart = [...view.incidents].sort((a, b) => a.start.latest.localeCompare(b.start.latest));
  const incidents = byStart.map((incident, index) => ({ letter: letterOf(index), incident }));
  const place = view.region === null ? t("place.KZ") : regionName(context, view.region);
  const network = view.asn === null ? t("filter.allNetworks") : networkName(context, view.asn);
  const main = html`<div class="lead">
<p class="kicker">${t("timeline.title")} · ${place} · ${network}</p>
<h1>${timelineSentence(context, view)}</h1>
<p class="dek">${spanHtml({ earliest: view.from, latest: view.to }, style)}</p>
${timelineNotes(context, view, style).map(
  (note) => html`<p class="dek">${note}</p>
`,
)}</div>
${filterForm(context, view)}
${timelineChart(context, view, zone, incidents)}
<section aria-labelledby="incidents"><h2 id="incidents">${t("chart.incidents")}</h2>
${incidentTable(context, view, incidents)}</section>
<section aria-labelledby="events"><h2 id="events">${t("events.title")}</h2>
<p class="note">${t("events.note")}</p>
${eventTable(context, view, incidents)}</section>
<section class="reported" aria-labelledby="reports"><h2 id="reports">${t("reports.title")}</h2>
<p class="note">${t("reports.note")}</p>
${reportTable(context, view.reports)}</section>`;
  const choice = choiceOf(view);
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
