import type { Language, TimelinePageView } from "../../collector/api/types.ts";
import { axisSvg, gridSvg } from "../chart/axis.ts";
import { bandRect } from "../chart/bands.ts";
import { coverageBand, presenceStrip } from "../chart/coverage-band.ts";
import { eventLanes, eventShades } from "../chart/event-lanes.ts";
import { incidentLanes } from "../chart/incident-lanes.ts";
import { reportLanes } from "../chart/report-lanes.ts";
import { scaleOf } from "../chart/scale.ts";
import { rowName } from "../chart/timeline-chart.ts";
import { contextOf } from "../context.ts";
import { html } from "../html.ts";
import { touchesPlace } from "../place-rank.ts";
import { spanText } from "../time.ts";
import { headline, letterOf } from "../words/incident.ts";
import { networkShort, regionName, zoneOf } from "../words/names.ts";
import { timelineSentence } from "../words/timeline-sentence.ts";
import { rowsBody } from "./body.ts";
import { imageSvg } from "./frame.ts";
import { sourceLine } from "./source-line.ts";

/** Incidents and events that are named under the picture. */
const NAMED = 8;

/** A timeline as a picture that stands for itself. */
export function timelinePicture(view: TimelinePageView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { t } = context;
  const zone = zoneOf(context, view.region === null ? [] : [view.region]);
  const scale = scaleOf(view.from, view.to);
  const incidents = [...view.incidents]
    .sort((a, b) => a.start.latest.localeCompare(b.start.latest))
    .map((incident, index) => ({ letter: letterOf(index), incident }));
  const words = { noData: t("chart.noData"), few: t("chart.few"), label: "" };
  const events = eventLanes(context, scale, view.events);
  const measured = incidentLanes(context, scale, incidents, view.asOf);
  const reported = reportLanes(context, scale, view.reports);
  const rows = [
    { label: "", drawing: axisSvg(context, scale, zone), heightPx: 36 },
    {
      label: t("chart.coverage"),
      drawing: coverageBand({ scale, points: view.coverage, gaps: view.gaps, words }),
      heightPx: 132,
    },
    ...(events.heightPx > 0 ? [{ label: t("chart.events"), ...events }] : []),
    ...(measured.heightPx > 0 ? [{ label: t("chart.incidents"), ...measured }] : []),
    ...view.rows.map((row) => {
      const touching = incidents.filter(({ incident }) =>
        row.region === null && row.asn === null
          ? false
          : touchesPlace(incident, row.region ?? view.region, row.asn ?? view.asn),
      );
      const feet = touching.map(({ incident: { kind, start, end } }) =>
        bandRect(
          scale,
          Date.parse(start.earliest),
          Date.parse(end?.latest ?? view.asOf),
          html`class="k-${kind}"`,
          25,
          5,
        ),
      );
      return {
        label: rowName(context, row),
        drawing: presenceStrip({ scale, points: row.points, gaps: view.gaps, words, over: html`${feet}` }),
        heightPx: 30,
      };
    }),
    ...(reported.heightPx > 0 ? [{ label: t("chart.reports"), ...reported }] : []),
  ];
  const place = [
    view.region === null ? t("place.KZ") : regionName(context, view.region),
    view.asn === null ? t("place.allNetworks") : networkShort(context, view.asn),
  ].join(", ");
  const named = [
    ...incidents.slice(0, NAMED).map(({ letter, incident }) => `${letter}: ${headline(context, incident)}`),
    ...view.events.slice(0, NAMED).map((event, index) => `${index + 1}: ${event.title}`),
  ];
  return imageSvg({
    title: timelineSentence(context, view),
    lines: [`${place}. ${spanText(view.from, view.to, { language, zone })}`],
    body: rowsBody(rows, gridSvg(scale, zone, eventShades(context, scale, view.events))),
    notes: [named.join("; "), t("image.timelineNote")].filter((note) => note !== ""),
    source: sourceLine(context, view),
    id: null,
    address,
  });
}
