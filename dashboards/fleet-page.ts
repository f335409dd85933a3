import type { FleetView, Language } from "../collector/api/types.ts";
import { chartPatterns } from "./chart/bands.ts";
import { coverageBand } from "./chart/coverage-band.ts";
import { scaleOf } from "./chart/scale.ts";
import { type Context, contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { chartHref, dataHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { coverageSection } from "./parts/coverage-table.ts";
import { dataTable } from "./parts/data-table.ts";
import { dayText } from "./parts/day-rows.ts";
import { documentText } from "./parts/document.ts";
import { figure } from "./parts/figure.ts";
import { incidentTable } from "./parts/incident-table.ts";
import { pageOf } from "./parts/pager.ts";
import { spanHtml, styleOf } from "./parts/when.ts";
import { regionSummary } from "./region-state.ts";
import { pageHref } from "./site-map.ts";
import { TILES } from "./tiles.ts";
import { DEFAULT_ZONE } from "./time.ts";
import { durationText } from "./words/duration.ts";
import { listText, regionName } from "./words/names.ts";
import { runsOf } from "./words/runs.ts";

/** Whether silence can be trusted: who watches and where nobody does, what fell silent, and what we ourselves missed. */
export function fleetPage(view: FleetView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const summaries = TILES.map(({ code }) => ({ code, ...regionSummary(code, { ...view, open: [] }) }));
  const enough = summaries.filter(({ present }) => present >= view.enoughProbes);
  const blind = summaries.filter(({ state }) => state === "none").map(({ code }) => regionName(context, code));
  const main = html`<div class="lead">
<p class="kicker">${t("nav.fleet")}</p>
<h1>${t("fleet.sentence", { enough: enough.length, all: TILES.length, needed: view.enoughProbes })}</h1>
<p class="dek">${blind.length > 0 && t("coverage.blind", { regions: listText(context, blind, TILES.length) })}</p></div>
${coverageSection(context, view.coverage)}
${days(context, view)}
<section aria-labelledby="silence"><h2 id="silence">${t("fleet.silence")}</h2>
<p class="note">${t("fleet.silenceNote")}</p>
${incidentTable(context, {
  id: "silence-table",
  caption: t("fleet.silenceCaption"),
  incidents: view.silences.slice(0, 25).map((incident) => ({ incident })),
  asOf: null,
  none: t("fleet.silenceNone"),
})}</section>
${ownGaps(context, view)}
<div class="columns even">
${freshness(context, view)}
${versions(context, view)}
</div>`;
  const links = [dataLink("coverage", "csv"), dataLink("coverage", "json"), dataLink("presence", "csv")];
  const footer = colophon(context, view, pageHref(language, "fleet"), links);
  const hrefs = { kk: pageHref("kk", "fleet"), ru: pageHref("ru", "fleet"), en: pageHref("en", "fleet") };
  return documentText({ t, language, title: t("nav.fleet"), current: "fleet", hrefs, main, footer });
}

function days(context: Context, view: FleetView): Html | null {
  const { t } = context;
  const [first] = view.days;
  const last = view.days.at(-1);
  if (first === undefined || last === undefined) return null;
  const words = { noData: t("chart.noData"), few: t("chart.few"), label: t("fleet.days") };
  const scale = scaleOf(first.from, last.to);
  const rangeOf = ({ min, max }: (typeof view.days)[number]) =>
    max === null ? t("chart.noData") : min === max ? String(max) : `${min}–${max}`;
  const runs = runsOf(view.days.toReversed(), (day) => `${rangeOf(day)} ${day.expected}`);
  return figure(context, {
    id: "days",
    title: t("fleet.days"),
    sentence: t("fleet.daysSentence", {
      days: view.days.length,
      none: view.days.filter(({ max }) => max === null).length,
    }),
    drawing: html`<div class="plot bare">${chartPatterns()}${coverageBand({ scale, points: view.days, gaps: [], words })}
<p class="ends"><span>${dayText(first.from.slice(0, 10), context)}</span><span>${dayText(last.from.slice(0, 10), context)}</span></p></div>`,
    table: dataTable({
      id: "days-table",
      caption: t("fleet.daysCaption"),
      look: "counts",
      columns: [t("site.days.day"), t("steps.connected"), t("chart.expected")],
      rows: pageOf(runs, 1).shown.map(({ first: newest, last: oldest }, index) => ({
        id: `day-${index + 1}`,
        cells: [
          newest.from === oldest.from
            ? dayText(newest.from.slice(0, 10), context)
            : `${dayText(oldest.from.slice(0, 10), context)} – ${dayText(newest.from.slice(0, 10), context)}`,
          rangeOf(newest),
          newest.expected,
        ],
      })),
    }),
    csv: dataHref("presence", "csv", { from: first.from, to: last.to }),
    png: chartHref(context.language, "timeline", { from: first.from, to: last.to }),
  });
}

/** Times in which we ourselves saw nothing, told as exactly as the incidents of others. */
function ownGaps(context: Context, view: FleetView): Html {
  const { t } = context;
  const style = styleOf(context, DEFAULT_ZONE, true);
  const { shown } = pageOf(view.gaps, 1);
  const rows = shown.map(({ from, to }, index) => ({
    id: `gap-${index + 1}`,
    cells: [
      spanHtml({ earliest: from, latest: to }, style),
      durationText(context, Date.parse(to) - Date.parse(from)),
      t("fleet.gapMeans"),
    ],
  }));
  const columns = [t("events.when"), t("incident.lasted"), t("fleet.gapWhat")];
  return html`<section aria-labelledby="gaps"><h2 id="gaps">${t("fleet.gaps")}</h2>
<p class="note">${t("fleet.gapsNote")}</p>
${rows.length === 0 ? html`<p class="empty">${t("fleet.gapsNone")}</p>` : dataTable({ id: "gaps-table", caption: t("fleet.gapsCaption"), columns, rows })}
${view.gaps.length > rows.length && html`<p class="small">${t("list.cut", { shown: rows.length, count: view.gaps.length })}</p>`}</section>`;
}

function freshness(context: Context, { lag, controls }: FleetView): Html {
  const { t } = context;
  const row = (label: string, value: string) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`;
  return html`<section aria-labelledby="lag"><h2 id="lag">${t("fleet.lag")}</h2>
<p class="note">${t("fleet.lagNote")}</p>
<dl class="facts">${
    lag === null
      ? row(t("fleet.lagHalf"), t("fleet.lagNone"))
      : html`${row(t("fleet.lagHalf"), durationText(context, lag.p50Ms))}${row(t("fleet.lagMost"), durationText(context, lag.p95Ms))}${row(t("fleet.lagOf"), t("fleet.measurements", { count: lag.measurements }))}`
  }${row(t("fleet.controls"), t("coverage.cell", controls))}</dl></section>`;
}

function versions(context: Context, { versions: all }: FleetView): Html {
  const { t } = context;
  const total = all.reduce((sum, { probes }) => sum + probes, 0);
  const share = new Intl.NumberFormat(context.language, { style: "percent", maximumFractionDigits: 0 });
  const rows = all.map(({ software, probes }, index) => ({
    id: `version-${index + 1}`,
    cells: [software ?? t("fleet.versionOther"), share.format(total === 0 ? 0 : probes / total)],
  }));
  return html`<section aria-labelledby="versions"><h2 id="versions">${t("fleet.versions")}</h2>
<p class="note">${t("fleet.versionsNote")}</p>
${rows.length === 0 ? html`<p class="empty">${t("coverage.empty")}</p>` : dataTable({ id: "versions-table", caption: t("fleet.versionsCaption"), look: "counts", columns: [t("fleet.version"), t("fleet.share")], rows })}</section>`;
}
