import type { Incident, Language, PlacesView } from "../collector/api/types.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { networkHref, placesHref, regionHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { dataTable } from "./parts/data-table.ts";
import { documentText } from "./parts/document.ts";
import { dotMap } from "./parts/dot-map.ts";
import { figure } from "./parts/figure.ts";
import { sortLinks } from "./parts/sort-links.ts";
import { STATE_GLYPHS, stateLegend, tileMap } from "./parts/tile-map.ts";
import { gravestKind, touchesPlace } from "./place-rank.ts";
import { networkSummary, REGION_STATES, type RegionSummary, regionSummary } from "./region-state.ts";
import { TILES } from "./tiles.ts";
import { isInterference } from "./words/finding.ts";
import { networkShort, regionName } from "./words/names.ts";
import { placesSentence } from "./words/place-sentence.ts";

type Row = {
  region: string | null;
  asn: number | null;
  name: string;
  href: string;
  summary: RegionSummary;
  open: readonly Incident[];
  ended: number;
  watched: number;
  sites: number;
};

/** All regions, or all networks, with the state of each now: as a map and as a table. */
export function placesPage(view: PlacesView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const isRegions = view.by === "region";
  const rows = sorted(isRegions ? regionRows(context, view) : networkRows(context, view), view.sort, language);
  const main = html`<div class="lead">
<p class="kicker">${t(isRegions ? "nav.regions" : "nav.networks")}</p>
<h1>${placesSentence(
    context,
    view.by,
    rows.map(({ summary, name }) => ({ state: summary.state, name })),
  )}</h1>
<p class="dek">${t(isRegions ? "places.regionsDek" : "places.networksDek")}</p></div>
${isRegions && html`${tileMap(context, view)}${mapFigure(context, view)}`}
<section aria-labelledby="list"><h2 id="list">${t(isRegions ? "places.regions" : "places.networks")}</h2>
${sortLinks(context, view.sort, (sort) => placesHref(language, view.by, sort))}
${table(context, view, rows)}
${
  !isRegions &&
  stateLegend(
    context,
    rows.map(({ summary }) => summary.state),
  )
}</section>`;
  const href = (other: Language) => placesHref(other, view.by, view.sort);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  const links = [dataLink("coverage", "csv"), dataLink("coverage", "json"), dataLink("incidents", "csv")];
  const current = isRegions ? "regions" : "networks";
  const footer = colophon(context, view, href(language), links);
  return documentText({ t, language, title: t(`nav.${current}`), current, hrefs, main, footer });
}

function mapFigure(context: Context, view: PlacesView): Html {
  const { t, language } = context;
  return figure(context, {
    id: "dot-map",
    title: t("places.map"),
    sentence: null,
    drawing: dotMap(context, view),
    legend: html`<p class="note">${t("places.mapNote")}</p>`,
    table: null,
    csv: "/api/v1/coverage.csv",
    png: `/chart/map.png?lang=${language}`,
  });
}

function regionRows(context: Context, view: PlacesView): Row[] {
  return TILES.map(({ code }) => {
    const cells = view.coverage.filter(({ region, known }) => region === code && known > 0);
    return {
      ...{ region: code, asn: null, name: regionName(context, code), href: regionHref(context.language, code) },
      summary: regionSummary(code, view),
      open: view.open.filter((incident) => touchesPlace(incident, code, null)),
      ended: view.recent.filter((incident) => touchesPlace(incident, code, null)).length,
      watched: new Set(cells.map(({ asn }) => asn)).size,
      sites: sitesWithSigns(view, ({ region }) => region === code),
    };
  });
}

function networkRows(context: Context, view: PlacesView): Row[] {
  const watched = view.coverage.flatMap(({ asn, known }) => (asn === null || known === 0 ? [] : [asn]));
  return [...new Set(watched)].map((asn) => {
    const cells = view.coverage.filter((cell) => cell.asn === asn && cell.known > 0);
    return {
      ...{ region: null, asn, name: networkShort(context, asn), href: networkHref(context.language, asn) },
      summary: networkSummary(asn, view),
      open: view.open.filter((incident) => touchesPlace(incident, null, asn)),
      ended: view.recent.filter((incident) => touchesPlace(incident, null, asn)).length,
      watched: new Set(cells.map(({ region }) => region)).size,
      sites: sitesWithSigns(view, (cell) => cell.asn === asn),
    };
  });
}

function sitesWithSigns({ cells }: PlacesView, chosen: (cell: PlacesView["cells"][number]) => boolean): number {
  return new Set(cells.filter((cell) => chosen(cell) && isInterference(cell.code)).map(({ target }) => target)).size;
}

function sorted(rows: readonly Row[], sort: PlacesView["sort"], language: Language): Row[] {
  const collator = new Intl.Collator(language);
  const byName = (a: Row, b: Row) => collator.compare(a.name, b.name);
  if (sort === "name") return [...rows].sort(byName);
  const rank = ({ summary, open }: Row) => REGION_STATES.indexOf(summary.state) * 10 + gravestKind(open);
  return [...rows].sort((a, b) => rank(a) - rank(b) || b.open.length - a.open.length || byName(a, b));
}

function table(context: Context, view: PlacesView, rows: readonly Row[]): Html {
  const { t } = context;
  const isRegions = view.by === "region";
  if (rows.length === 0) return html`<p class="empty">${t("coverage.empty")}</p>`;
  return dataTable({
    id: "places-table",
    caption: t(isRegions ? "places.regionsCaption" : "places.networksCaption"),
    look: "counts",
    columns: [
      t(isRegions ? "coverage.region" : "filter.network"),
      t("places.state"),
      t(isRegions ? "places.networksWatched" : "places.regionsWatched"),
      t("places.probes"),
      t("places.sites"),
      t("places.open"),
      t("places.ended"),
    ],
    rows: rows.map((row) => ({
      id: row.region ?? `AS${row.asn}`,
      ...(row.watched + row.open.length + row.ended === 0 ? { look: "nobody" } : {}),
      cells: [
        html`<a href="${row.href}">${row.name}</a>${row.asn !== null && html` <span class="small code">AS${row.asn}</span>`}`,
        html`<span class="state-word is-${row.summary.state}"><span class="glyph" aria-hidden="true">${STATE_GLYPHS[row.summary.state]}</span> ${t(`region.${row.summary.state}`)}</span>`,
        row.watched,
        probesTold(context, row.summary),
        row.watched === 0 ? "–" : row.sites,
        row.open.length,
        row.ended,
      ],
    })),
  });
}

/** How many probes of a place are connected, as far as that may be told. */
export function probesTold({ t }: Pick<Context, "t">, { told }: Pick<RegionSummary, "told">): string {
  if (told.how === "none") return t("coverage.noneHere");
  if (told.how === "few") return t("coverage.few");
  return told.how === "band" ? t("coverage.band", { known: told.known }) : t("coverage.cell", told);
}
