import type { IncidentChoice, IncidentsView, Language } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { dataHref, incidentsHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { dayField, networkOptions, regionOptions, select } from "./parts/fields.ts";
import { incidentTable } from "./parts/incident-table.ts";
import { pageOf, pager } from "./parts/pager.ts";
import { isOver } from "./parts/standing.ts";
import { networkShort, regionName } from "./words/names.ts";

const KINDS = ["shutdown", "outage", "block", "interception", "throttle"] as const;
const FORMATS = { csv: "CSV", json: "JSON", ndjson: "NDJSON", parquet: "Parquet", geojson: "GeoJSON" } as const;
const STATES = ["published", "unpublished", "withdrawn", "merged"] as const;
const CONFIDENCES = ["confirmed", "probable", "observed"] as const;

/** All incidents, picked by place, site, kind, confidence and time; the same choice as data in one click. */
export function incidentsPage(view: IncidentsView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const { choice } = view;
  const { shown, page, pages } = pageOf(view.incidents, view.page);
  const data = dataChoice(choice);
  const over = view.incidents.filter(isOver).length;
  const main = html`<div class="lead">
<p class="kicker">${t("nav.incidents")}</p>
<h1>${incidentsSentence(context, view)}</h1>
<p class="dek">${t("incidents.dek")}</p>
${over > 0 && html`<p class="note">${t("incidents.notCounted", { count: over })}</p>`}</div>
${choiceForm(context, view)}
<section aria-labelledby="list"><h2 id="list">${t("incidents.list")}</h2>
<p class="links take">${t("incidents.take")}: ${(["csv", "json", "ndjson", "parquet", "geojson"] as const).map(
    (format) => html`<a href="${dataHref("incidents", format, data)}">${FORMATS[format]}</a> `,
  )}</p>
${incidentTable(context, {
  id: "incidents-table",
  caption: t("incidents.listCaption"),
  incidents: shown.map((incident) => ({ incident })),
  asOf: null,
  none: t("incidents.noneChosen"),
})}
${pager(context, page, pages, (to) => incidentsHref(language, choice, to))}
${view.cut && html`<p class="note">${t("incidents.cut")}</p>`}</section>`;
  const links = [dataLink("incidents", "json", data), dataLink("incidents", "csv", data)];
  const footer = colophon(context, view, incidentsHref(language, choice, page), links);
  const href = (other: Language) => incidentsHref(other, choice, page);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  return documentText({ t, language, title: t("nav.incidents"), current: "incidents", hrefs, main, footer });
}

/** A choice as the data interface reads it. */
function dataChoice({ open, ...choice }: IncidentChoice) {
  return { ...choice, open: open ? "1" : null };
}

function incidentsSentence(context: Context, { choice, incidents, few }: IncidentsView): string {
  const { t } = context;
  const counted = incidents.filter((incident) => !isOver(incident));
  const place = [
    choice.target,
    choice.asn === null ? null : networkShort(context, choice.asn),
    choice.region === null ? null : regionName(context, choice.region),
  ].filter((one) => one !== null);
  const values = {
    count: counted.length,
    open: counted.filter(({ end }) => end === null).length,
    place: place.length === 0 ? t("place.KZ") : place.join(", "),
  };
  return t(counted.length === 0 && few === true ? "incidents.sentenceFew" : "incidents.sentence", values);
}

function choiceForm(context: Context, { choice }: IncidentsView): Html {
  const { t, language, said } = context;
  const kinds = KINDS.map((kind) => ({ value: kind, label: said.kind[kind] }));
  const states = STATES.map((state) => ({ value: state, label: t(`incidents.state.${state}`) }));
  const confidences = CONFIDENCES.map((one) => ({ value: one, label: said.confidence[one] }));
  return html`<form class="filter" method="get" action="${incidentsHref(language)}" aria-labelledby="filter">
<h2 id="filter" class="unseen">${t("incidents.choose")}</h2>
<div class="fields">
${select(context, "region", t("filter.region"), t("filter.allRegions"), regionOptions(context), choice.region)}
${select(context, "asn", t("filter.network"), t("filter.allNetworks"), networkOptions(context), choice.asn === null ? null : String(choice.asn))}
<p><label for="filter-target">${t("targets.site")}</label><input id="filter-target" name="target" value="${choice.target ?? ""}" placeholder="orda.kz" autocomplete="off" spellcheck="false" autocapitalize="none"></p>
${select(context, "kind", t("incidents.kind"), t("filter.all"), kinds, choice.kind)}
${select(context, "confidence", t("incident.confidence"), t("filter.all"), confidences, choice.confidence)}
${select(context, "state", t("incidents.state"), t("filter.all"), states, choice.state)}
${dayField("from", t("filter.fromDay"), choice.from)}
${dayField("to", t("filter.toDay"), choice.to)}
${select(context, "open", t("incidents.openOnly"), t("filter.all"), [{ value: "1", label: t("incident.ongoing") }], choice.open ? "1" : null)}
<button type="submit">${t("filter.show")}</button>
</div></form>`;
}
