import type { Report } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { zoneOf } from "../words/names.ts";
import { bandRect } from "./bands.ts";
import type { Lanes } from "./incident-lanes.ts";
import { lanesOf } from "./lanes.ts";
import { boundsOf, lastMoment, percent, type Scale } from "./scale.ts";

const LANE_PX = 16;
const MOST_LANES = 8;

/** What was reported, as dashed outlines: never drawn like what was measured. */
export function reportLanes(context: Context, scale: Scale, reports: readonly Report[]): Lanes {
  const bounds = reports.map((report) => {
    const zone = zoneOf(context, [report.place]);
    const [from] = boundsOf(report.start, report.precision, zone);
    return { from, to: Math.max(from, boundsOf(lastMoment(report), report.precision, zone)[1]) };
  });
  const lanes = lanesOf(
    bounds.map(({ from, to }) => ({ from: percent(scale, from), to: percent(scale, to) })),
    1,
  );
  const shown = bounds
    .map((one, index) => ({ ...one, lane: lanes[index] ?? 0 }))
    .filter(({ lane }) => lane < MOST_LANES);
  const heightPx = Math.max(0, ...shown.map(({ lane }) => lane + 1)) * LANE_PX;
  const bars: Html[] = shown.map(({ from, to, lane }) =>
    bandRect(
      scale,
      from,
      Math.max(to, from + (scale.toMs - scale.fromMs) / 200),
      html`class="reported-bar"`,
      lane * LANE_PX + 3,
      LANE_PX - 6,
    ),
  );
  const drawing = html`<svg class="lanes" width="100%" height="${heightPx}" aria-hidden="true" focusable="false">${bars}</svg>`;
  return { drawing, heightPx, left: reports.length - shown.length };
}
