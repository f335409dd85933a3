import type { Incident, IncidentView, Language } from "../collector/api/types.ts";
import { timelineChart } from "./chart/timeline-chart.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { incidentHref } from "./links.ts";
import { causeTable } from "./parts/cause-table.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { earlierTable } from "./parts/earlier-table.ts";
import { aroundHref, recordsHref } from "./parts/incident-card.ts";
import { incidentSummary } from "./parts/incident-summary.ts";
import { partsTable } from "./parts/parts-table.ts";
import { eventTable, reportTable } from "./parts/timeline-tables.ts";
import { styleOf } from "./parts/when.ts";
import { momentText, spanText } from "./time.ts";
import { frozenAt } from "./words/frozen.ts";
import { headline, incidentZone, methodText } from "./words/incident.ts";
import { networkName, regionName } from "./words/names.ts";

const NOT_CLAIMED = ["who", "why", "all", "pages", "elsewhere"] as const;

/** One incident in full: what, where, when, how sure and why, what else could explain it, and what is not claimed. */
export function incidentPage(view: IncidentView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const { incident } = view;
  const zone = incidentZone(context, incident);
  const frozen = frozenAt(view);
  const main = html`<div class="lead kind-${incident.kind}">
<p class="kicker"><span><span class="kind">${t(`kind.${incident.kind}`)}</span> · ${incident.id}</span> ${incident.end === null && html`<span class="tag">${t("incident.open")}</span>`}</p>
<h1>${headline(context, incident)}</h1>
<p class="dek">${methodText(context, incident)}</p>
${frozen !== null && frozenNote(context, view, frozen)}</div>
<div class="columns even">
<section aria-labelledby="facts"><h2 id="facts">${t("incident.facts")}</h2>
${incidentSummary(context, incident, zone)}</section>
<section aria-labelledby="sure"><h2 id="sure">${t("incident.sure")}</h2>
<p>${t(`incident.sure.${gradeOf(incident)}.${incident.confidence}`)}</p>
<p class="note">${t("incident.sure.scale")}</p>
<h2 id="not-claimed">${t("incident.notClaimed")}</h2>
<ul class="plain">${NOT_CLAIMED.map((key) => html`<li>${t(`incident.notClaimed.${key}`)}</li>`)}</ul></section>
</div>
<section aria-labelledby="causes"><h2 id="causes">${t("incident.causes")}</h2>
${incident.cause != null && html`<p class="note">${t("incident.cause", { cause: t(`cause.${incident.cause}`) })}</p>`}
${causeTable(context, incident)}</section>
${partsTable(context, incident, zone)}
${around(context, view, zone)}
<section aria-labelledby="events"><h2 id="events">${t("incident.events")}</h2>
<p class="note">${t("events.note")}</p>
${eventTable(context, view, [{ letter: t("incident.this"), incident }])}</section>
<section class="reported" aria-labelledby="reports"><h2 id="reports">${t("reports.title")}</h2>
<p class="note">${t("reports.note")}</p>
${reportTable(context, view.reports)}</section>
<section aria-labelledby="earlier"><h2 id="earlier">${t("incident.earlier")}</h2>
${earlierTable(context, view)}</section>
${citation(context, view, zone)}
${records(context, view)}`;
  const link = { id: incident.id, asOf: frozen };
  const links = [dataLink("incidents", "json", link), dataLink("incidents", "csv", link)];
  const footer = colophon(context, view, incidentHref(language, incident.id, view.asOf), links);
  const href = (other: Language) => incidentHref(other, incident.id, frozen);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  return documentText({ t, language, title: headline(context, incident), current: null, hrefs, main, footer });
}

/** Which rules of confidence hold for an incident. */
function gradeOf({ kind }: Incident): "loss" | "throttle" | "block" {
  if (kind === "throttle") return kind;
  return kind === "shutdown" || kind === "outage" ? "loss" : "block";
}

function frozenNote(context: Context, view: IncidentView, asOf: string): Html {
  const when = momentText(asOf, styleOf(context, incidentZone(context, view.incident), true));
  const href = incidentHref(context.language, view.incident.id);
  return html`<p class="banner">${context.t("incident.earlier.past", { when })} <a href="${href}">${context.t("incident.earlier.latest")}</a></p>`;
}

function around(context: Context, view: IncidentView, zone: string): Html {
  const { t } = context;
  const place = view.region === null ? t("place.KZ") : regionName(context, view.region);
  const network = view.asn === null ? t("filter.allNetworks") : networkName(context, view.asn);
  return html`<section aria-labelledby="around"><h2 id="around">${t("incident.around.title")}</h2>
<p class="note">${t("incident.around.note", { place, network })}</p>
${timelineChart(context, view, zone, [{ letter: "A", incident: view.incident }])}
<p class="links"><a href="${aroundHref(context, view.incident)}">${t("incident.around")}</a></p></section>`;
}

function citation(context: Context, view: IncidentView, zone: string): Html {
  const { t, language } = context;
  const { incident } = view;
  const text = t("incident.cite.text", {
    id: incident.id,
    headline: headline(context, incident),
    start: spanText(incident.start.earliest, incident.start.latest, styleOf(context, zone, true)),
    asOf: view.asOf,
    rules: view.rulesVersion,
    address: incidentHref(language, incident.id, view.asOf),
    license: view.license,
  });
  return html`<section aria-labelledby="cite"><h2 id="cite">${t("incident.cite")}</h2>
<blockquote class="cite">${text}</blockquote>
<p class="note">${t("incident.cite.note")}</p></section>`;
}

function records(context: Context, view: IncidentView): Html {
  const { t } = context;
  const { incident } = view;
  const own = { id: incident.id, asOf: frozenAt(view) };
  const behind = incident.targets.length > 0 ? "incident.records.verdicts" : "incident.records.presence";
  const row = (label: string, json: string, csv: string) =>
    html`<li>${label}: <span class="links inline"><a href="${json}">JSON</a> <a href="${csv}">CSV</a></span></li>
`;
  return html`<section aria-labelledby="records"><h2 id="records">${t("incident.records")}</h2>
<ul class="plain">
${row(t("incident.records.own"), dataLink("incidents", "json", own).href, dataLink("incidents", "csv", own).href)}${row(t(behind), recordsHref("json", incident), recordsHref("csv", incident))}</ul></section>`;
}
