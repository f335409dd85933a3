import type { PresenceRow, TimelineView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { networkHref, regionHref } from "../links.ts";
import { touchesPlace } from "../place-rank.ts";
import { offsetText, wallTime } from "../time.ts";
import type { Lettered } from "../words/lag.ts";
import { networkShort, regionName } from "../words/names.ts";
import { axisSvg, gridSvg } from "./axis.ts";
import { bandRect, chartPatterns } from "./bands.ts";
import { coverageBand, presenceStrip } from "./coverage-band.ts";
import { eventLanes, eventShades } from "./event-lanes.ts";
import { incidentLanes, type Lanes } from "./incident-lanes.ts";
import { reportLanes } from "./report-lanes.ts";
import { type Scale, scaleOf } from "./scale.ts";

/** What a timeline draws: the view, and where the page has them, single networks or regions. */
export type TimelineFrame = {
  context: Context;
  view: TimelineView;
  zone: string;
  incidents: readonly Lettered[];
  rows: readonly PresenceRow[];
};

/** The drawing of a timeline as a figure of its own, for pages whose heading stands above it. */
export function timelineChart(
  context: Context,
  view: TimelineView,
  zone: string,
  incidents: readonly Lettered[],
): Html {
  const frame = { context, view, zone, incidents, rows: [] };
  return html`<figure class="chart" aria-label="${context.t("timeline.chartTitle")}">
${timelineDrawing(frame)}
<figcaption>${timelineLegend(frame)}</figcaption>
</figure>`;
}

/** Who watched, events, what was measured, and apart from it what was reported, all over one scale of time. */
export function timelineDrawing(frame: TimelineFrame): Html {
  const { context, view, zone } = frame;
  const { t } = context;
  const scale = scaleOf(view.from, view.to);
  const words = { noData: t("chart.noData"), few: t("chart.few"), label: timelineLabel(frame) };
  return html`${chartPatterns()}
<div class="plot">
<div class="grid-box">${gridSvg(scale, zone, eventShades(context, scale, view.events))}</div>
${line(t("chart.local", { zone: zonesText(frame) }), axisSvg(context, scale, zone))}
${line(t("chart.coverage"), coverageBand({ scale, points: view.coverage, gaps: view.gaps, words }))}
${lanes(context, "chart.events", eventLanes(context, scale, view.events))}
${lanes(context, "chart.incidents", incidentLanes(context, scale, frame.incidents, view.asOf))}
${frame.rows.map((row) => networkLine(frame, scale, row))}
${lanes(context, "chart.reports", reportLanes(context, scale, view.reports))}
</div>`;
}

function line(label: string | Html, drawing: Html): Html {
  return html`<div class="line"><p class="label">${label}</p>${drawing}</div>
`;
}

function lanes(
  { t }: Context,
  key: "chart.events" | "chart.incidents" | "chart.reports",
  { drawing, heightPx, left }: Lanes,
) {
  if (heightPx === 0) return null;
  return line(html`${t(key)}${left > 0 && html` <small>${t("timeline.moreRows", { count: left })}</small>`}`, drawing);
}

/** One network or region: its connected probes, and along the foot the incidents that touch it. */
function networkLine({ context, view, incidents }: TimelineFrame, scale: Scale, row: PresenceRow): Html {
  const { t, language } = context;
  const lumped = row.region === null && row.asn === null;
  const touching = lumped
    ? []
    : incidents.filter(({ incident }) => touchesPlace(incident, row.region ?? view.region, row.asn ?? view.asn));
  const feet = touching.map(({ incident: { kind, start, end } }) =>
    bandRect(
      scale,
      Date.parse(start.earliest),
      Date.parse(end?.latest ?? view.asOf),
      html`class="foot k-${kind}"`,
      25,
      5,
    ),
  );
  const name = rowName(context, row);
  const letters = touching.map(({ letter }) => letter).join(", ");
  const label = letters === "" ? t("chart.rowQuiet", { name }) : t("chart.row", { name, letters });
  const words = { noData: t("chart.noData"), few: t("chart.few"), label };
  const href =
    row.asn !== null ? networkHref(language, row.asn) : row.region !== null ? regionHref(language, row.region) : null;
  return line(
    href === null ? name : html`<a href="${href}">${name}</a>`,
    presenceStrip({ scale, points: row.points, gaps: view.gaps, words, over: html`${feet}` }),
  );
}

/** Name of a row: its network or region, or what is left of the small ones. */
export function rowName(context: Context, { region, asn }: Pick<PresenceRow, "region" | "asn">): string {
  if (region !== null) return regionName(context, region);
  return asn === null ? context.t("place.others") : networkShort(context, asn);
}

/** A timeline in words, for those who do not see it. */
function timelineLabel({ context: { t }, view }: TimelineFrame): string {
  return t("timeline.chartText", {
    coverage: t("chart.coverage"),
    incidents: t("timeline.chartIncidents", { count: view.incidents.length }),
    events: t("timeline.chartEvents", { count: view.events.length }),
  });
}

function zonesText({ view, zone }: TimelineFrame): string {
  return [...new Set([view.from, view.to].map((at) => offsetText(wallTime(at, zone).offsetMin)))].join(" → ");
}

/** What the signs of the drawing mean; only those that occur. */
export function timelineLegend({ context: { t }, view, incidents, rows }: TimelineFrame): Html {
  const sign = (name: string, text: string) => html`<li><span class="sign ${name}"></span> ${text}</li>
`;
  const some = (holds: boolean, name: string, text: string) => holds && sign(name, text);
  const points = [view.coverage, ...rows.map((row) => row.points)].flat();
  return html`<ul class="legend">
${some(incidents.length > 0, "sign-fade", t("chart.start"))}${some(view.events.length > 0, "sign-band", t("chart.band"))}${sign("sign-expected", t("chart.expected"))}${some(
  view.gaps.length > 0 || points.some(({ max, few }) => max === null && few !== true),
  "sign-hatch",
  t("chart.noData"),
)}${some(
  points.some(({ few }) => few === true),
  "is-few",
  t("chart.few"),
)}${some(rows.length > 0 && incidents.length > 0, "sign-foot", t("chart.foot"))}${some(view.reports.length > 0, "sign-dashed", t("chart.dashed"))}</ul>`;
}
