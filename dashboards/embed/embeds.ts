import type {
  IncidentView,
  Language,
  MatrixView,
  NowView,
  Pages,
  PlaceView,
  TargetView,
  TimelinePageView,
} from "../../collector/api/types.ts";
import { timelineDrawing, timelineLegend } from "../chart/timeline-chart.ts";
import { type Context, contextOf } from "../context.ts";
import { type Html, html } from "../html.ts";
import { namedText } from "../image/timeline-body.ts";
import { matrixGrid, matrixLegend, matrixSentence } from "../matrix-page.ts";
import { targetHistory } from "../parts/day-history.ts";
import { type DayRow, dayRows, dayText } from "../parts/day-rows.ts";
import { historyOf } from "../parts/place-history.ts";
import { stateLegend, tileGrid } from "../parts/tile-map.ts";
import { momentHtml, spanHtml, styleOf } from "../parts/when.ts";
import { regionSummary } from "../region-state.ts";
import { TILES } from "../tiles.ts";
import { DEFAULT_ZONE } from "../time.ts";
import { incidentZone, letterOf } from "../words/incident.ts";
import { incidentLead, incidentSpan, nowLead, placeLead, siteLead } from "../words/lead.ts";
import { rowsOf } from "../words/matrix-cell.ts";
import { networkShort, regionName, zoneOf } from "../words/names.ts";
import { timelineSentence } from "../words/timeline-sentence.ts";
import { embedDocument } from "./embed-document.ts";

/** Views for the frames of other pages. */
export const embeds: Pages["embeds"] = {
  now: nowEmbed,
  timeline: timelineEmbed,
  incident: incidentEmbed,
  place: placeEmbed,
  target: targetEmbed,
  matrix: matrixEmbed,
};

function nowEmbed(view: NowView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { kicker, title, lines } = nowLead(context, view);
  return embedDocument(context, view, {
    ...{ kicker, title, id: null, address, drawing: tileGrid(context, view) },
    period: momentHtml(view.asOf, styleOf(context, DEFAULT_ZONE, true)),
    notes: html`${stateWords(context, view)}<p class="small">${lines.slice(1).join(" ")}</p>`,
  });
}

function stateWords(context: Context, view: NowView): Html {
  return stateLegend(
    context,
    TILES.map(({ code }) => regionSummary(code, view).state),
  );
}

function timelineEmbed(view: TimelinePageView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const zone = zoneOf(context, view.region === null ? [] : [view.region]);
  const byStart = [...view.incidents].sort((a, b) => a.start.latest.localeCompare(b.start.latest));
  const incidents = byStart.map((incident, index) => ({ letter: letterOf(index), incident }));
  const frame = { context, view, zone, incidents, rows: view.rows };
  const place = view.region === null ? context.t("place.KZ") : regionName(context, view.region);
  const network = view.asn === null ? context.t("filter.allNetworks") : networkShort(context, view.asn);
  return embedDocument(context, view, {
    ...{ kicker: `${place} · ${network}`, title: timelineSentence(context, view), id: null, address },
    period: spanHtml({ earliest: view.from, latest: view.to }, { language, zone }),
    drawing: timelineDrawing(frame),
    notes: html`<p class="small">${namedText(frame, view)}</p>${timelineLegend(frame)}`,
  });
}

function incidentEmbed(view: IncidentView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const zone = incidentZone(context, view.incident);
  const { kicker, title, lines } = incidentLead(context, view);
  const frame = { context, view, zone, incidents: [{ letter: "A", incident: view.incident }], rows: [] };
  const own = incidentSpan(context, view);
  return embedDocument(context, view, {
    ...{ kicker: context.said.kind[view.incident.kind], title, id: kicker, address },
    period: html`${own}`,
    drawing: html`${lines.filter((line) => line !== own).map((line) => html`<p class="small">${line}</p>`)}${timelineDrawing(frame)}`,
    notes: html`<p class="small">${namedText(frame, view)}</p>${timelineLegend(frame)}`,
  });
}

function placeEmbed(view: PlaceView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { kicker, title, lines } = placeLead(context, view);
  return embedDocument(context, view, {
    ...{ kicker, title, id: view.region ?? `AS${view.asn}`, address },
    ...daysShown(context, view, historyOf(context, view), "place.historyNote", lines),
  });
}

function targetEmbed(view: TargetView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { kicker, title, lines } = siteLead(context, view);
  return embedDocument(context, view, {
    ...{ kicker, title, id: view.target.id, address },
    ...daysShown(context, view, targetHistory(context, view), "site.days.note", lines),
  });
}

function daysShown(
  context: Context,
  { from, to }: { from: string; to: string },
  { days, rows }: { days: string[]; rows: DayRow[] },
  note: "place.historyNote" | "site.days.note",
  lines: readonly string[],
) {
  const { t } = context;
  return {
    period: html`${dayText(from, context)} – ${dayText(to, context)} (UTC)`,
    drawing: html`${lines.map((line) => html`<p class="small">${line}</p>`)}${rows.length > 0 && dayRows(context, days, rows)}`,
    notes: html`<p class="small">${t(note)}</p>`,
  };
}

function matrixEmbed(view: MatrixView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { rows } = rowsOf(context, view);
  return embedDocument(context, view, {
    ...{ kicker: context.t(`matrix.value.${view.value}`), title: matrixSentence(context, rows), id: null, address },
    period: momentHtml(view.at, styleOf(context, DEFAULT_ZONE, true)),
    drawing: matrixGrid(context, view),
    notes: matrixLegend(context),
  });
}
