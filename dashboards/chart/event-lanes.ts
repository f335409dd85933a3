import type { WorldEvent } from "../../collector/api/types.ts";
import { eventTitle, unmarked } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { zoneOf } from "../words/names.ts";
import { bandRect, placed } from "./bands.ts";
import type { Lanes } from "./incident-lanes.ts";
import { lanesOf } from "./lanes.ts";
import { boundsOf, lastMoment, percent, type Scale } from "./scale.ts";

const LANE_PX = 28;
const RADIUS_PX = 12;
const LEAST = 8.5;
const MOST_LANES = 8;
/** Widest event, in per cent of the window, that is shaded through the whole drawing. */
const MOST_SHADE = 55;

/** Events as numbered marks, each a link to its row in the list; a pale band says how exactly its time is known. */
export function eventLanes(context: Context, scale: Scale, events: readonly WorldEvent[]): Lanes {
  const spans = events.map((event) => {
    const [from, to] = eventBounds(context, event);
    return { from: percent(scale, from), to: percent(scale, to) };
  });
  const lanes = lanesOf(spans, LEAST);
  const shown = events
    .map((event, index) => ({ event, index, lane: lanes[index] ?? 0 }))
    .filter(({ lane }) => lane < MOST_LANES);
  const heightPx = Math.max(0, ...shown.map(({ lane }) => lane + 1)) * LANE_PX;
  const drawing = html`<svg class="lanes" width="100%" height="${heightPx}" role="group" aria-label="${context.t("chart.events")}">${shown.map(
    ({
      event,
      index,
      lane,
    }) => html`<svg y="${lane * LANE_PX}" width="100%" height="${LANE_PX}">${mark(context, scale, event, index + 1)}</svg>
`,
  )}</svg>`;
  return { drawing, heightPx, left: events.length - shown.length };
}

function mark(context: Context, scale: Scale, event: WorldEvent, number: number): Html {
  const [from, to] = eventBounds(context, event);
  const x = Math.max(0, percent(scale, Math.max(scale.fromMs, from)));
  return html`${bandRect(scale, from, to, html`class="event-band"`, 6, 16)}${placed(
    x,
    RADIUS_PX * 2,
    html`<a href="#event-${number}" aria-label="${number}: ${unmarked(eventTitle(context.language, event))}"><circle class="event-mark" cx="${RADIUS_PX}" cy="14" r="${RADIUS_PX}"/><text class="event-number" x="${RADIUS_PX}" y="18" text-anchor="middle">${number}</text></a>`,
  )}`;
}

/** Pale bands of events through the whole drawing, so that nearness in time can be seen. */
export function eventShades(context: Context, scale: Scale, events: readonly WorldEvent[]): (Html | null)[] {
  return events.slice(0, 24).map((event) => {
    const [from, to] = eventBounds(context, event);
    const x = percent(scale, from);
    // A shade over most of the drawing would point at nothing.
    if (percent(scale, to) - x > MOST_SHADE) return null;
    const width = Math.max(0.15, Math.round((percent(scale, to) - x) * 1000) / 1000);
    return html`<rect class="event-shade" x="${x}%" width="${width}%" y="0" height="100%"/>`;
  });
}

/** From when to when an event can have been, as exactly as its time is known. */
export function eventBounds(
  context: Context,
  event: Pick<WorldEvent, "start" | "end" | "precision" | "place">,
): [number, number] {
  const zone = zoneOf(context, [event.place]);
  const [from] = boundsOf(event.start, event.precision, zone);
  return [from, boundsOf(lastMoment(event), event.precision, zone)[1]];
}
