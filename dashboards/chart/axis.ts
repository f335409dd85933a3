import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { clockText, dateText, shortDateText, wallTime } from "../time.ts";
import { type Scale, type Tick, tellsDays, ticksOf } from "./scale.ts";

/** Local times over the chart; the date stands at the left edge and at each midnight. */
export function axisSvg(context: Context, scale: Scale, zone: string): Html {
  const { ticks, stepMs } = ticksOf(scale, zone);
  const label = (tick: Tick, index: number) => {
    if (tick.percent > 95) return null;
    const narrowHides = index % 2 === 1 || tick.percent > 80;
    const wall = wallTime(tick.atMs, zone);
    const text = tellsDays(stepMs) ? shortDateText(wall, context.language) : clockText(wall);
    return html`<text class="tick${narrowHides && html` wide-only`}" x="${tick.percent}%" dx="4" y="30">${text}</text>`;
  };
  return html`<svg class="axis" width="100%" height="36" aria-hidden="true" focusable="false">${dates(
    context,
    scale,
    zone,
    tellsDays(stepMs) ? [] : ticks,
  )}${ticks.map(label)}</svg>`;
}

function dates(context: Context, scale: Scale, zone: string, ticks: readonly Tick[]): Html[] {
  const midnights = ticks.filter((tick) => tick.midnight && tick.percent < 90);
  const first = { atMs: scale.fromMs, percent: 0, year: true };
  const early = midnights.some((tick) => tick.percent < 22);
  const shown = [
    ...(early ? [] : [first]),
    ...midnights.map((tick, index) => ({ ...tick, year: early && index === 0 })),
  ];
  return shown.map(
    ({ atMs, percent, year }, index) =>
      html`<text class="date${(index % 2 === 1 || percent > 72) && index > 0 && html` wide-only`}" x="${percent}%" dx="4" y="13">${dateText(wallTime(atMs, zone), context.language, year)}</text>`,
  );
}

/** Hair lines behind the whole chart, and the pale bands of events, so that nearness in time can be seen. */
export function gridSvg(scale: Scale, zone: string, bands: readonly (Html | null)[]): Html {
  const { ticks, stepMs } = ticksOf(scale, zone);
  const lines = ticks.map(
    (tick, index) =>
      html`<line class="${tick.midnight && !tellsDays(stepMs) ? "midnight" : "hour"}${index % 2 === 1 && html` wide-only`}" x1="${tick.percent}%" x2="${tick.percent}%" y1="0" y2="100%"/>`,
  );
  return html`<svg class="grid" width="100%" height="100%" aria-hidden="true" focusable="false">${bands}${lines}</svg>`;
}
