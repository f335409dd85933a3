import type { Language, PlaceView, TargetCell } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { cardHref, incidentsHref, networkHref, regionHref, targetHref, timelineHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { dataTable } from "./parts/data-table.ts";
import { documentText } from "./parts/document.ts";
import { incidentTable } from "./parts/incident-table.ts";
import { placeHistory } from "./parts/place-history.ts";
import { targetSection } from "./parts/target-table.ts";
import { STATE_GLYPHS } from "./parts/tile-map.ts";
import { eventTable, reportTable } from "./parts/timeline-tables.ts";
import { touchesPlace } from "./place-rank.ts";
import { probesTold } from "./places-page.ts";
import { networkSummary, type RegionSummary, regionSummary } from "./region-state.ts";
import { pageHref } from "./site-map.ts";
import { toldOf } from "./words/counts.ts";
import { isInterference } from "./words/finding.ts";
import { placeLead } from "./words/lead.ts";
import { networkName, networkShort, regionName } from "./words/names.ts";
import { placeName, placeSentence } from "./words/place-sentence.ts";

const SHOWN_INCIDENTS = 25;

/** One region or one network: how it is now, in each of its parts, day by day, and what is on record of it. */
export function placePage(view: PlaceView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const isRegion = view.region !== null;
  const summary = isRegion ? regionSummary(view.region ?? "", view) : networkSummary(view.asn ?? 0, view);
  const name = placeName(context, view);
  const main = html`<div class="lead">
<p class="kicker"><a href="${pageHref(language, isRegion ? "regions" : "networks")}">${t(isRegion ? "nav.regions" : "nav.networks")}</a> <span class="code">${view.region ?? `AS${view.asn}`}</span></p>
<h1>${placeSentence(context, view, summary.state)}</h1>
<p class="dek">${t("place.probes", { probes: probesTold(context, summary) })}</p>
${jumps(context, view)}</div>
${view.open.length > 0 && openSection(context, view)}
<section aria-labelledby="parts"><h2 id="parts">${t(isRegion ? "place.networks" : "place.regions")}</h2>
${partTable(context, view)}</section>
${placeHistory(context, view)}
${targetSection(context, view.cells)}
${pastSection(context, view)}
${eventSection(context, view)}`;
  const hrefs = { kk: hrefOf("kk", view), ru: hrefOf("ru", view), en: hrefOf("en", view) };
  const choice = { region: view.region, asn: view.asn };
  const links = [
    dataLink("incidents", "csv", choice),
    dataLink("incidents", "json", choice),
    dataLink("coverage", "csv", choice),
    dataLink("presence", "csv", choice),
    dataLink("verdicts", "ndjson", choice),
  ];
  const footer = colophon(context, view, hrefOf(language, view), links);
  const current = isRegion ? "regions" : "networks";
  const path = cardHref(language, isRegion ? `regions/${view.region}` : `networks/AS${view.asn}`);
  const card = { path, lead: placeLead(context, view) };
  return documentText({ t, language, title: name, current, hrefs, main, footer, card });
}

function hrefOf(language: Language, { region, asn }: PlaceView): string {
  return region === null ? networkHref(language, asn ?? 0) : regionHref(language, region);
}

function jumps({ t, language }: Context, { region, asn }: PlaceView): Html {
  const choice = { region, asn };
  return html`<p class="links"><a href="${timelineHref(language, choice)}">${t("place.timeline")}</a> <a href="${incidentsHref(language, choice)}">${t("place.allIncidents")}</a> <a href="${pageHref(language, "matrix")}">${t("now.matrix")}</a></p>`;
}

function openSection(context: Context, view: PlaceView): Html {
  const { t } = context;
  return html`<section aria-labelledby="open"><h2 id="open">${t("now.open")}</h2>
${incidentTable(context, {
  id: "open-table",
  caption: t("now.openCaption"),
  incidents: view.open.map((incident) => ({ incident })),
  asOf: null,
  none: t("now.none"),
})}</section>`;
}

function pastSection(context: Context, view: PlaceView): Html {
  const { t, language } = context;
  const past = view.incidents.filter(({ end }) => end !== null);
  const more = past.length - SHOWN_INCIDENTS;
  return html`<section aria-labelledby="past"><h2 id="past">${t("place.past")}</h2>
${incidentTable(context, {
  id: "past-table",
  caption: t("place.pastCaption"),
  incidents: past.slice(0, SHOWN_INCIDENTS).map((incident) => ({ incident })),
  asOf: null,
  none: t("place.pastNone"),
})}
${more > 0 && html`<p class="links"><a href="${incidentsHref(language, { region: view.region, asn: view.asn })}">${t("now.openMore", { count: more })}</a></p>`}</section>`;
}

function eventSection(context: Context, view: PlaceView): Html | null {
  const { t, said } = context;
  if (view.events.length === 0 && view.reports.length === 0) return null;
  const marked = view.incidents.map((incident) => ({ letter: said.kind[incident.kind], incident }));
  return html`${
    view.events.length > 0 &&
    html`<section aria-labelledby="events"><h2 id="events">${t("events.title")}</h2>
<p class="note">${t("events.note")}</p>
${eventTable(context, view, marked)}</section>`
  }
${
  view.reports.length > 0 &&
  html`<section class="reported" aria-labelledby="reports"><h2 id="reports">${t("reports.title")}</h2>
<p class="note">${t("reports.note")}</p>
${reportTable(context, view.reports)}</section>`
}`;
}

type PartOf = { region: string | null; asn: number | null };

/** The networks of a region, or the regions of a network: state, probes, sites with signs of interference. */
function partTable(context: Context, view: PlaceView): Html {
  const { t } = context;
  const watched = view.coverage.filter(({ known }) => known > 0);
  if (watched.length === 0) return html`<p class="empty">${t("place.unwatched")}</p>`;
  const keys = [...new Set(watched.map(({ region, asn }) => (view.region === null ? region : asn)))];
  const parts = keys.map(
    (key): PartOf =>
      view.region === null ? { region: String(key), asn: view.asn } : { region: view.region, asn: Number(key) },
  );
  return dataTable({
    id: "parts-table",
    caption: t("place.partsCaption"),
    look: "counts",
    columns: [
      t(view.region === null ? "coverage.region" : "filter.network"),
      t("places.state"),
      t("places.probes"),
      t("places.sites"),
    ],
    rows: parts.map((part) => partRow(context, view, part)),
  });
}

function partRow(context: Context, view: PlaceView, { region, asn }: PartOf) {
  const { t, language } = context;
  const isRegionPage = view.region !== null;
  const cells = view.coverage.filter((cell) => cell.region === region && cell.asn === asn);
  const open = view.open.filter((incident) => touchesPlace(incident, region, asn));
  const { state } = partSummary({ ...view, coverage: cells, open }, asn);
  const name = isRegionPage ? networkShort(context, asn) : regionName(context, region);
  const href = isRegionPage ? networkHref(language, asn ?? 0) : regionHref(language, region ?? "");
  return {
    id: isRegionPage ? `AS${asn}` : String(region),
    cells: [
      html`<a href="${href}" title="${isRegionPage ? networkName(context, asn) : name}">${name}</a>${isRegionPage && html` <span class="small code">AS${asn}</span>`}`,
      html`<span class="state-word is-${state}"><span class="glyph" aria-hidden="true">${STATE_GLYPHS[state]}</span> ${t(`region.${state}`)}</span>`,
      probesTold(context, { told: toldOf(cells, view.enoughProbes) }),
      sitesText(
        context,
        view.cells.filter((cell) => cell.region === region && cell.asn === asn),
      ),
    ],
  };
}

function partSummary(view: PlaceView, asn: number | null): RegionSummary {
  return networkSummary(asn ?? 0, { ...view, open: view.open.map((one) => ({ ...one, regions: [] })) });
}

function sitesText(context: Context, cells: readonly TargetCell[]): Html | string {
  const odd = [...new Set(cells.filter(({ code }) => isInterference(code)).map(({ target }) => target))];
  if (cells.length === 0) return context.t("targets.notMeasured");
  if (odd.length === 0) return context.t("coverage.noneHere");
  const shown = odd.slice(0, 3).map((id) => html`<a href="${targetHref(context.language, id)}">${id}</a> `);
  return html`${shown}${odd.length > 3 && `+${odd.length - 3}`}`;
}
