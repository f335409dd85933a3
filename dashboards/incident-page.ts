import type { IncidentView, Language, Publication } from "../collector/api/types.ts";
import { causeText } from "../collector/api/wording.ts";
import { timelineChart } from "./chart/timeline-chart.ts";
import { type Context, contextOf } from "./context.ts";
import { newestPath, ownPath, versionHref } from "./evidence-links.ts";
import { type Html, html } from "./html.ts";
import { cardHref, incidentHref } from "./links.ts";
import { causeTable } from "./parts/cause-table.ts";
import { citation } from "./parts/citation.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { differenceTable } from "./parts/difference-table.ts";
import { documentText } from "./parts/document.ts";
import { earlierTable } from "./parts/earlier-table.ts";
import { evidenceBox, remedies } from "./parts/evidence.ts";
import { aroundHref, recordsHref } from "./parts/incident-card.ts";
import { incidentSummary } from "./parts/incident-summary.ts";
import { legalBasisTable } from "./parts/legal-basis.ts";
import { registryTable } from "./parts/legal-registry.ts";
import { partsTable } from "./parts/parts-table.ts";
import { scales } from "./parts/scales.ts";
import { share } from "./parts/share.ts";
import { statementTable } from "./parts/statement-table.ts";
import { eventTable, reportTable } from "./parts/timeline-tables.ts";
import { shownVersion, versionNotes } from "./parts/version-notes.ts";
import { versionTable } from "./parts/version-table.ts";
import { styleOf } from "./parts/when.ts";
import { momentText } from "./time.ts";
import { frozenAt } from "./words/frozen.ts";
import { headline, incidentZone, methodText } from "./words/incident.ts";
import { incidentLead, standingHeadline } from "./words/lead.ts";
import { networkName, regionName } from "./words/names.ts";

/**
 * One incident in full, as it is cited: number and version, what, where and when, how sure and who is said to be
 * responsible, what else could explain it, what was said, on what legal basis, and how to check, cite and contest it.
 */
export function incidentPage(view: IncidentView, language: Language): string {
  const context = contextOf(view, language);
  const { t, said } = context;
  const { incident, publication = null } = view;
  const zone = incidentZone(context, incident);
  const main = html`${lead(context, view)}
${differenceTable(context, view, zone)}
<div class="columns even">
<section aria-labelledby="facts"><h2 id="facts">${t("incident.facts")}</h2>
${incidentSummary(context, view, zone)}</section>
<div>${publication !== null && evidenceBox(context, publication)}
<section aria-labelledby="not-claimed"><h2 id="not-claimed">${t("incident.notClaimed")}</h2>
<ul class="plain">${said.notClaimed.map((one) => html`<li>${one}</li>`)}</ul></section></div>
</div>
${around(context, view, zone)}
${partsTable(context, incident, zone)}
<section aria-labelledby="causes"><h2 id="causes">${t("incident.causes")}</h2>
${incident.cause != null && html`<p class="note">${said.leading(causeText(language, incident, incident.cause))}</p>`}
${causeTable(context, incident)}</section>
${publication !== null && law(context, publication)}
<section aria-labelledby="events"><h2 id="events">${t("incident.events")}</h2>
<p class="note">${t("events.note")}</p>
${eventTable(context, view, [{ letter: t("incident.this"), incident }])}</section>
<section class="reported" aria-labelledby="reports"><h2 id="reports">${t("reports.title")}</h2>
<p class="note">${t("reports.note")}</p>
${reportTable(context, view.reports)}</section>
${publication === null ? earlier(context, view) : versionTable(context, publication, zone)}
${citation(context, view, zone)}
${records(context, view)}`;
  const frozen = frozenAt(view);
  const link = { id: incident.id, asOf: frozen };
  const links = [dataLink("incidents", "json", link), dataLink("incidents", "csv", link)];
  const footer = colophon(context, view, hrefOf(view, language, true), links);
  const hrefs = { kk: hrefOf(view, "kk"), ru: hrefOf(view, "ru"), en: hrefOf(view, "en") };
  const card = { path: cardHref(language, ownPath(view)), lead: incidentLead(context, view) };
  return documentText({ t, language, title: titleOf(context, view), current: null, hrefs, main, footer, card });
}

/** Address of this page in a language; `forEver`: of what it shows now, whatever comes later. */
function hrefOf(view: IncidentView, language: Language, forEver = false): string {
  const { publication = null, incident, difference } = view;
  const version = publication === null ? null : shownVersion(publication);
  if (publication === null || version === null)
    return incidentHref(language, incident.id, forEver ? view.asOf : frozenAt(view));
  const isNewest = version.version === publication.versions[0]?.version;
  if (isNewest && difference === undefined && !forEver) return incidentHref(language, publication.number);
  return versionHref(language, publication.number, version.version, difference?.from ?? null);
}

function titleOf(context: Context, view: IncidentView): string {
  const { publication = null } = view;
  const number = publication === null ? "" : `${publication.number}: `;
  return `${number}${standingHeadline(context, view)}`;
}

function lead(context: Context, view: IncidentView): Html {
  const { t, said } = context;
  const { incident, publication = null } = view;
  const version = publication === null ? null : shownVersion(publication);
  const name =
    version === null
      ? html`<span class="number">${incident.id}</span>`
      : html`<span class="number">${version.number}</span> <span class="tag">${t("pub.version", { version: version.version })}</span>`;
  const frozen = publication === null ? frozenAt(view) : null;
  return html`<div class="lead kind-${incident.kind}">
<p class="kicker"><span>${name}</span> <span><span class="kind">${said.kind[incident.kind]}</span>${incident.end === null && html` <span class="tag">${said.notes.open}</span>`}</span></p>
<h1>${headline(context, incident)}</h1>
<p class="dek">${methodText(context, incident)}</p>
${frozen !== null && frozenNote(context, view, frozen)}
${publication === null ? html`<p class="note">${t("pub.unpublished")}</p>` : versionNotes(context, view, publication)}
${scales(context, incident, publication)}</div>`;
}

function frozenNote(context: Context, view: IncidentView, asOf: string): Html {
  const when = momentText(asOf, styleOf(context, incidentZone(context, view.incident), true));
  const href = incidentHref(context.language, view.incident.id);
  return html`<p class="banner">${context.t("incident.earlier.past", { when })} <a href="${href}">${context.t("incident.earlier.latest")}</a></p>`;
}

/** What was said of it, on what basis, and what can be done. */
function law(context: Context, publication: Publication): Html {
  const { t } = context;
  return html`<section aria-labelledby="statements"><h2 id="statements">${t("statements.title")}</h2>
<p class="note">${t("statements.note")}</p>
${statementTable(context, publication.statements)}</section>
<section aria-labelledby="legal"><h2 id="legal">${t("legal.title")}</h2>
<p class="note">${t("legal.note")}</p>
${legalBasisTable(context, publication.legal)}
<h3 id="registry">${t("registry.title")}</h3>
<p class="note">${t("registry.note")}</p>
${registryTable(context, publication.registry)}</section>
${remedies(context, publication)}`;
}

function around(context: Context, view: IncidentView, zone: string): Html {
  const { t } = context;
  const place = view.region === null ? t("place.KZ") : regionName(context, view.region);
  const network = view.asn === null ? t("place.allNetworks") : networkName(context, view.asn);
  return html`<section aria-labelledby="around"><h2 id="around">${t("incident.around.title")}</h2>
<p class="note">${t("incident.around.note", { place, network })}</p>
${timelineChart(context, view, zone, [{ letter: "A", incident: view.incident }])}
<p class="links"><a href="${aroundHref(context, view.incident)}">${t("incident.around")}</a></p>
${share(context, { embed: newestPath(view), title: headline(context, view.incident), heightPx: 720, png: true })}</section>`;
}

function earlier(context: Context, view: IncidentView): Html {
  return html`<section aria-labelledby="earlier"><h2 id="earlier">${context.t("incident.earlier")}</h2>
${earlierTable(context, view)}</section>`;
}

function records(context: Context, view: IncidentView): Html {
  const { t } = context;
  const { incident } = view;
  const own = { id: incident.id, asOf: frozenAt(view) };
  const row = (label: string, json: string, csv: string) =>
    html`<li>${label}: <span class="links inline"><a href="${json}">JSON</a> <a href="${csv}">CSV</a></span></li>
`;
  const behind = (dataset: "verdicts" | "measurements" | "presence") =>
    row(
      t(`incident.records.${dataset}`),
      recordsHref(dataset, "json", incident),
      recordsHref(dataset, "csv", incident),
    );
  return html`<section aria-labelledby="records"><h2 id="records">${t("incident.records")}</h2>
<ul class="plain">
${row(t("incident.records.own"), dataLink("incidents", "json", own).href, dataLink("incidents", "csv", own).href)}${
  incident.targets.length === 0 && behind("presence")
}${incident.measurements > 0 && html`${behind("verdicts")}${behind("measurements")}`}</ul></section>`;
}
