import type { ExploreView, FindingPoint, Language } from "../collector/api/types.ts";
import { foldCoverage } from "./chart/fold-coverage.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { type ExploreChoice, exploreHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { documentText } from "./parts/document.ts";
import { networkOptions, regionOptions, select, timeField } from "./parts/fields.ts";
import { spanHtml } from "./parts/when.ts";
import { pageHref } from "./site-map.ts";
import { momentParts } from "./time.ts";
import { networkShort, regionName, zoneOf } from "./words/names.ts";

/** Steps in the table, and in the drawing that the script makes of it. */
const STEPS = 200;
const WORDS = ["zoomed", "noData", "few", "loading", "failed", "value", "low", "high", "expected", "time"] as const;

/**
 * One series over time, for those who want to look closely. Without script it is a form and a table; the script draws
 * the table and moves through time without loading the page anew.
 */
export function explorePage(view: ExploreView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const zone = zoneOf(context, view.region === null ? [] : [view.region]);
  const own = { target: view.target, region: view.region, asn: view.asn, from: view.from, to: view.to };
  const words = Object.fromEntries(WORDS.map((word) => [word, t(`explore.${word}`)]));
  const main = html`<div class="lead">
<p class="kicker">${t("nav.explore")}</p>
<h1>${seriesTitle(context, view)}</h1>
<p class="dek" id="explore-range">${spanHtml({ earliest: view.from, latest: view.to }, { language, zone })}</p></div>
${choiceForm(context, view, zone)}
${zoomLinks(context, view, own)}
<div id="explore-chart" class="explore" data-words="${JSON.stringify(words)}" data-kind="${view.target === null ? "presence" : "share"}"></div>
<p id="explore-status" class="note" role="status"></p>
<section id="explore-numbers" aria-labelledby="table"><h2 id="table">${t("explore.table")}</h2>
<p class="note">${t("explore.dek")}</p>
${isEmpty(view) && html`<p class="empty">${t("explore.empty")} <a href="${pageHref(language, "fleet")}">${t("nav.fleet")}</a></p>`}
${view.target === null ? presenceTable(context, view, zone) : findingTable(context, view, zone)}</section>`;
  const links =
    view.target === null
      ? [dataLink("presence", "csv", own), dataLink("presence", "json", own)]
      : [
          dataLink("verdicts", "csv", own),
          dataLink("verdicts", "ndjson", own),
          dataLink("measurements", "ndjson", own),
        ];
  const footer = colophon(context, view, exploreHref(language, own), links);
  const href = (other: Language) => exploreHref(other, own);
  const hrefs = { kk: href("kk"), ru: href("ru"), en: href("en") };
  const title = t("nav.explore");
  return documentText({ t, language, title, current: "explore", hrefs, main, footer, script: "explore.js" });
}

/** Whether there is nothing to look at: no probe was expected, or nothing was measured. */
function isEmpty({ target, presence, findings }: ExploreView): boolean {
  if (target !== null) return findings.every(({ measured }) => measured === 0);
  return presence.every(({ max, expected, few }) => few !== true && (max ?? 0) === 0 && expected === 0);
}

function seriesTitle(context: Context, { target, region, asn }: ExploreView): string {
  const { t } = context;
  const place = [
    region === null ? t("place.KZ") : regionName(context, region),
    asn === null ? t("place.allNetworks") : networkShort(context, asn),
  ].join(", ");
  return target === null ? t("explore.presence", { place }) : t("explore.share", { site: target, place });
}

function choiceForm(context: Context, view: ExploreView, zone: string): Html {
  const { t, language } = context;
  const sites = view.targets.map((id) => ({ value: id, label: id }));
  return html`<form class="filter" method="get" action="${exploreHref(language)}" aria-labelledby="filter">
<h2 id="filter" class="unseen">${t("filter.title")}</h2>
<div class="fields">
${select(context, "target", t("explore.series"), t("explore.connected"), sites, view.target)}
${select(context, "region", t("filter.region"), t("filter.allRegions"), regionOptions(context), view.region)}
${select(context, "asn", t("filter.network"), t("filter.allNetworks"), networkOptions(context), view.asn === null ? null : String(view.asn))}
${timeField(context, "from", t("filter.from"), view.from, zone)}
${timeField(context, "to", t("filter.to"), view.to, zone)}
<button type="submit">${t("filter.show")}</button>
</div></form>`;
}

/** Zoom and movement as links: each is an address, and the script only saves loading the page. */
function zoomLinks({ t, language }: Context, view: ExploreView, own: ExploreChoice): Html {
  const [from, to] = [Date.parse(view.from), Date.parse(view.to)];
  const length = to - from;
  const link = (key: "closer" | "wider" | "earlier" | "later", start: number, end: number) => {
    const [a, b] = [start, end].map((at) => new Date(Math.round(at / 1000) * 1000).toISOString());
    return html`<a href="${exploreHref(language, { ...own, from: a ?? null, to: b ?? null })}" data-zoom="${key}">${t(`filter.${key}`)}</a> `;
  };
  return html`<nav class="presets" id="explore-zoom" aria-label="${t("filter.windows")}"><p>${t("filter.move")}: ${link("earlier", from - length / 2, to - length / 2)}${link("later", from + length / 2, to + length / 2)}${link("closer", from + length / 4, to - length / 4)}${link("wider", from - length / 2, to + length / 2)}</p></nav>`;
}

type Row = { at: string; cells: readonly (string | number)[]; values: readonly (number | null)[]; state: string };

function presenceTable(context: Context, view: ExploreView, zone: string): Html {
  const { t } = context;
  const rows = foldCoverage(view.presence, STEPS).map(({ from, min, max, expected, few }): Row => {
    const state = few === true ? "few" : max === null ? "none" : "ok";
    const word = few === true ? t("coverage.few") : max === null ? t("chart.noData") : null;
    return {
      at: from,
      state,
      values: [min, max, few === true ? null : expected],
      cells: [word ?? String(min), word ?? String(max), few === true ? "–" : expected],
    };
  });
  return seriesTable(context, zone, [t("explore.low"), t("explore.high"), t("explore.expected")], rows);
}

function findingTable(context: Context, view: ExploreView, zone: string): Html {
  const { t } = context;
  const rows = view.findings.map((point): Row => {
    const share = point.measured === 0 ? null : point.interfered / point.measured;
    return {
      at: point.from,
      state: point.measured === 0 ? "none" : point.few === true ? "few" : "ok",
      values: [share === null ? null : Math.round(share * 1000) / 10],
      cells: findingCells(context, point, share),
    };
  });
  return seriesTable(context, zone, [t("explore.value"), t("explore.interfered"), t("explore.measured")], rows);
}

function findingCells({ t, language }: Context, { measured, interfered, few }: FindingPoint, share: number | null) {
  if (share === null) return [t("targets.notMeasured"), "–", "–"];
  if (few === true) return [t(interfered > 0 ? "explore.fewSigns" : "explore.fewNone"), "–", t("coverage.few")];
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  return [percent.format(share), interfered, measured];
}

/** The series as a table; machine values stand in its attributes, so that the script draws what is written. */
function seriesTable(context: Context, zone: string, columns: readonly string[], rows: readonly Row[]): Html {
  const { t, language } = context;
  if (rows.length === 0) return html`<p class="empty" id="explore-table">${t("chart.noData")}</p>`;
  return html`<div class="scroll tall" role="region" tabindex="0" aria-labelledby="series"><table class="matrix series" id="explore-table">
<caption id="series">${t("explore.caption")}</caption>
<thead><tr><th scope="col">${t("explore.time")}</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows.map(({ at, cells, values, state }) => {
  const [local, utc] = momentParts(at, { language, zone });
  return html`<tr data-at="${at}" data-state="${state}" data-values="${values.map((value) => value ?? "").join(";")}"><th scope="row">${local} <span class="utc">= ${utc}</span></th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`;
})}</tbody></table></div>`;
}
