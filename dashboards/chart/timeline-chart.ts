import type { Report, TimelineView, WorldEvent } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { confidenceHtml } from "../parts/confidence.ts";
import { offsetText, wallTime } from "../time.ts";
import { headline, lastedText } from "../words/incident.ts";
import type { Lettered } from "../words/lag.ts";
import { networksText, regionName, zoneOf } from "../words/names.ts";
import { gravestFirst } from "../words/now-sentence.ts";
import { axisSvg, gridSvg } from "./axis.ts";
import { bandRect, chartPatterns, incidentBar, rowSvg } from "./bands.ts";
import { coverageBand } from "./coverage-band.ts";
import { boundsOf, lastMoment, percent, type Scale, scaleOf } from "./scale.ts";

/** Rows of one layer that are drawn; the tables hold all. */
const SHOWN_ROWS = 24;
/** Widest event, in per cent of the window, that is shaded through the whole drawing. */
const MOST_SHADE = 55;

type Frame = { context: Context; scale: Scale; zone: string; view: TimelineView };

/** The drawing of a timeline: who watched, events, what was measured, and apart from it what was reported. */
export function timelineChart(
  context: Context,
  view: TimelineView,
  zone: string,
  incidents: readonly Lettered[],
): Html {
  const { t } = context;
  const frame = { context, scale: scaleOf(view.from, view.to), zone, view };
  const label = t("timeline.chartText", {
    coverage: t("chart.coverage"),
    incidents: t("timeline.chartIncidents", { count: view.incidents.length }),
    events: t("timeline.chartEvents", { count: view.events.length }),
  });
  const words = { noData: t("chart.noData"), few: t("chart.few"), label };
  return html`<figure class="chart" aria-label="${t("timeline.chartTitle")}">
${chartPatterns()}
<div class="plot">
${gridSvg(
  frame.scale,
  zone,
  view.events.slice(0, SHOWN_ROWS).map((event) => eventShade(frame, event)),
)}
${axisSvg(context, frame.scale, zone)}
<h3>${t("chart.coverage")}</h3>
${coverageBand(frame.scale, view.coverage, view.gaps, words)}
${layer(
  frame,
  "events",
  t("chart.events"),
  view.events.map((event, index) => eventRow(frame, event, index)),
)}
${layer(
  frame,
  "measured",
  t("chart.incidents"),
  drawn(incidents).map((one) => incidentRow(frame, one)),
)}
${layer(
  frame,
  "reported",
  t("chart.reports"),
  view.reports.map((report) => reportRow(frame, report)),
)}
</div>
<figcaption>${legend(frame)}</figcaption>
</figure>`;
}

/** The gravest first, so that a cap never hides them. The page's own order, by start, returns after the choice. */
function drawn(incidents: readonly Lettered[]): Lettered[] {
  const order = gravestFirst(incidents.map(({ incident }) => incident));
  const rank = ({ incident }: Lettered) => (order.indexOf(incident) < SHOWN_ROWS ? 0 : 1);
  return [...incidents].sort((a, b) => rank(a) - rank(b));
}

function layer({ context }: Frame, name: string, title: string, rows: readonly Html[]): Html | null {
  if (rows.length === 0) return null;
  const more = rows.length - SHOWN_ROWS;
  return html`<section class="layer ${name}"><h3>${title}</h3><ol>${rows.slice(0, SHOWN_ROWS)}</ol>${
    more > 0 && html`<p class="small">${context.t("timeline.moreRows", { count: more })}</p>`
  }</section>
`;
}

function incidentRow({ context, scale, view }: Frame, { letter, incident }: Lettered): Html {
  const lasted = lastedText(context, incident) ?? context.t("incident.ongoing");
  return html`<li><p><a href="#incident-${encodeURIComponent(incident.id.toWellFormed())}"><span class="mark kind-${incident.kind}">${letter}</span> ${headline(context, incident)}</a> <span class="small">${networksText(context, incident.asns)} · ${lasted} · ${confidenceHtml(context, incident.confidence)}</span></p>${incidentBar(scale, incident, view.asOf)}</li>
`;
}

function eventRow(frame: Frame, event: WorldEvent, index: number): Html {
  const { context, scale } = frame;
  const [from, to] = eventBounds(frame, event);
  const exact = event.precision === "minute" || event.precision === "hour";
  const core = bandRect(
    scale,
    Date.parse(event.start),
    Date.parse(event.end ?? event.start),
    html`class="event-core"`,
    6,
    4,
  );
  const marker = html`<svg x="${percent(scale, Date.parse(event.start))}%" overflow="visible"><path class="event-mark" d="M0 1l7 7-7 7-7-7z"/></svg>`;
  return html`<li><p><a href="#event-${index + 1}"><span class="mark">${index + 1}</span> ${event.title}</a> <span class="small">${context.t(`event.${event.kind}`)} · ${regionName(context, event.place)} · ${context.t(`precision.${event.precision}`)}</span></p>${rowSvg(
    [bandRect(scale, from, to, html`class="event-band"`), ...(exact ? [core, marker] : [])],
  )}</li>
`;
}

function reportRow({ context, scale, view }: Frame, report: Report): Html {
  const zone = zoneOf(context, [report.place]);
  const [from] = boundsOf(report.start, report.precision, zone);
  const to = report.end === null ? Date.parse(view.asOf) : boundsOf(lastMoment(report), report.precision, zone)[1];
  return html`<li><p>${report.title[context.language]} <span class="small">${regionName(context, report.place)} · ${context.t(`reports.grade.${report.grade}`)}</span></p>${rowSvg(
    bandRect(scale, from, Math.max(from, to), html`class="reported-bar"`, 2, 12),
  )}</li>
`;
}

function eventShade(frame: Frame, event: WorldEvent): Html | null {
  const [from, to] = eventBounds(frame, event);
  const { scale } = frame;
  const x = percent(scale, from);
  // A shade over most of the drawing would point at nothing.
  if (percent(scale, to) - x > MOST_SHADE) return null;
  const width = Math.max(0.15, Math.round((percent(scale, to) - x) * 1000) / 1000);
  return html`<rect class="event-shade" x="${x}%" width="${width}%" y="0" height="100%"/>`;
}

function eventBounds({ context }: Frame, event: WorldEvent): [number, number] {
  const zone = zoneOf(context, [event.place]);
  const [from] = boundsOf(event.start, event.precision, zone);
  return [from, boundsOf(lastMoment(event), event.precision, zone)[1]];
}

function legend({ context, zone, view }: Frame): Html {
  const { t } = context;
  const offsets = [...new Set([view.from, view.to].map((at) => offsetText(wallTime(at, zone).offsetMin)))].join(" → ");
  const sign = (name: string, text: string) => html`<li><span class="sign ${name}"></span> ${text}</li>
`;
  return html`<ul class="legend">
${sign("sign-fade", t("chart.start"))}${view.events.length > 0 && sign("sign-band", t("chart.band"))}${sign("sign-expected", t("chart.expected"))}${sign("sign-hatch", t("chart.noData"))}${view.coverage.some(({ few }) => few === true) && sign("is-few", t("chart.few"))}${view.reports.length > 0 && sign("sign-dashed", t("chart.dashed"))}</ul>
<p class="note">${t("timeline.zone", { zone: offsets })}</p>`;
}
