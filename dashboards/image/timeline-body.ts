import type { PresenceRow, TimelineView } from "../../collector/api/types.ts";
import { eventTitle, unmarked } from "../../collector/api/wording.ts";
import { axisSvg, gridSvg } from "../chart/axis.ts";
import { bandRect } from "../chart/bands.ts";
import { coverageBand, presenceStrip } from "../chart/coverage-band.ts";
import { eventLanes, eventShades } from "../chart/event-lanes.ts";
import { incidentLanes } from "../chart/incident-lanes.ts";
import { reportLanes } from "../chart/report-lanes.ts";
import { type Scale, scaleOf } from "../chart/scale.ts";
import { rowName, type TimelineFrame } from "../chart/timeline-chart.ts";
import { type Html, html } from "../html.ts";
import { touchesPlace } from "../place-rank.ts";
import { headline } from "../words/incident.ts";
import { type BodyRow, rowsBody } from "./body.ts";

/** Incidents and events that are named under a picture. */
const NAMED = 8;

/** The lanes of a timeline under each other as one drawing: who watched, events, what was measured and what reported. */
export function timelineBody(frame: TimelineFrame): { drawing: Html; heightPx: number } {
  const { context, view, zone, incidents } = frame;
  const { t } = context;
  const scale = scaleOf(view.from, view.to);
  const words = { noData: t("chart.noData"), few: t("chart.few"), label: "" };
  const lanes = (label: string, drawn: { drawing: Html; heightPx: number }): BodyRow[] =>
    drawn.heightPx > 0 ? [{ label, ...drawn }] : [];
  const rows: BodyRow[] = [
    { label: "", drawing: axisSvg(context, scale, zone), heightPx: 36 },
    {
      label: t("chart.coverage"),
      drawing: coverageBand({ scale, points: view.coverage, gaps: view.gaps, words }),
      heightPx: 132,
    },
    ...lanes(t("chart.events"), eventLanes(context, scale, view.events)),
    ...lanes(t("chart.incidents"), incidentLanes(context, scale, incidents, view.asOf)),
    ...frame.rows.map((row) => ({
      label: rowName(context, row),
      drawing: presenceStrip({
        ...{ scale, points: row.points, gaps: view.gaps, words },
        over: html`${feet(frame, scale, row)}`,
      }),
      heightPx: 30,
    })),
    ...lanes(t("chart.reports"), reportLanes(context, scale, view.reports)),
  ];
  return rowsBody(rows, gridSvg(scale, zone, eventShades(context, scale, view.events)));
}

/** Incidents that touch a row, along its foot. */
function feet({ view, incidents }: TimelineFrame, scale: Scale, row: PresenceRow): Html[] {
  if (row.region === null && row.asn === null) return [];
  const touching = incidents.filter(({ incident }) =>
    touchesPlace(incident, row.region ?? view.region, row.asn ?? view.asn),
  );
  return touching.map(({ incident: { kind, start, end } }) => {
    const [from, to] = [Date.parse(start.earliest), Date.parse(end?.latest ?? view.asOf)];
    return bandRect(scale, from, to, html`class="k-${kind}"`, 25, 5);
  });
}

/** Incidents and events by their letters and numbers, as they stand under a picture. */
export function namedText(
  { context, incidents }: Pick<TimelineFrame, "context" | "incidents">,
  { events }: Pick<TimelineView, "events">,
): string {
  return [
    ...incidents.slice(0, NAMED).map(({ letter, incident }) => `${letter}: ${headline(context, incident)}`),
    ...events.slice(0, NAMED).map((event, index) => `${index + 1}: ${unmarked(eventTitle(context.language, event))}`),
  ].join("; ");
}
