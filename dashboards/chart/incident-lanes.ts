import type { Incident } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { headline } from "../words/incident.ts";
import type { Lettered } from "../words/lag.ts";
import { bandRect, placed } from "./bands.ts";
import { lanesOf } from "./lanes.ts";
import { percent, type Scale } from "./scale.ts";

const LANE_PX = 26;
const BAR = { top: 7, height: 12 };
const MARK_PX = 24;
/** Room that a mark takes on a phone, in per cent. */
const LEAST = 8.5;
const MOST_LANES = 12;

export type Lanes = { drawing: Html; heightPx: number; left: number };

/**
 * Incidents as bars in as few lanes as they need, each marked by its letter: faded where start and end are uncertain,
 * with an arrow while open. The letters are links to the rows of the table.
 */
export function incidentLanes(context: Context, scale: Scale, incidents: readonly Lettered[], asOf: string): Lanes {
  const spans = incidents.map(({ incident }) => ({
    from: percent(scale, Date.parse(incident.start.earliest)),
    to: percent(scale, Date.parse(incident.end?.latest ?? asOf)),
  }));
  const lanes = lanesOf(spans, LEAST);
  const shown = incidents
    .map((one, index) => ({ ...one, lane: lanes[index] ?? 0 }))
    .filter(({ lane }) => lane < MOST_LANES);
  const heightPx = Math.max(0, ...shown.map(({ lane }) => lane + 1)) * LANE_PX;
  const drawing = html`<svg class="lanes" width="100%" height="${heightPx}" role="group" aria-label="${context.t("chart.incidents")}">${shown.map(
    ({
      lane,
      ...one
    }) => html`<svg y="${lane * LANE_PX}" width="100%" height="${LANE_PX}">${bar(context, scale, one, asOf)}</svg>
`,
  )}</svg>`;
  return { drawing, heightPx, left: incidents.length - shown.length };
}

function bar(context: Context, scale: Scale, { letter, incident }: Lettered, asOf: string): Html {
  const { kind, start } = incident;
  const x = percent(scale, Date.parse(start.earliest));
  return html`${incidentBar(scale, incident, asOf, BAR.top, BAR.height)}${placed(
    x,
    MARK_PX,
    html`<a href="#incident-${encodeURIComponent(incident.id.toWellFormed())}" aria-label="${letter}: ${headline(context, incident)}"><rect class="flag k-${kind}" y="1" width="${MARK_PX}" height="${MARK_PX}" rx="3"/><text class="flag-letter" x="${MARK_PX / 2}" y="18" text-anchor="middle">${letter}</text></a>`,
  )}`;
}

/** An incident's bar: faded where start and end are uncertain, solid between, with an arrow while it is open. */
export function incidentBar(scale: Scale, incident: Incident, asOf: string, top: number, height: number): Html {
  const { kind, start, end } = incident;
  const solidFrom = Date.parse(start.latest);
  const solidTo = end === null ? Math.min(Date.parse(asOf), scale.toMs) : Date.parse(end.earliest);
  const solid = bandRect(scale, solidFrom, Math.max(solidFrom, solidTo), html`class="bar k-${kind}"`, top, height);
  const fade = (id: string, from: string, to: string) =>
    bandRect(scale, Date.parse(from), Date.parse(to), html`fill="url(#${id}-${kind})"`, top, height);
  const arrow = html`<svg x="${percent(scale, solidTo)}%" overflow="visible"><path class="k-${kind}" d="M-1 ${top - 2}l8 ${height / 2 + 2}-8 ${height / 2 + 2}z"/></svg>`;
  return html`${fade("in", start.earliest, start.latest)}${solid}${end === null ? arrow : fade("out", end.earliest, end.latest)}`;
}
