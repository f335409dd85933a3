import type { TargetDay } from "../../collector/api/types.ts";
import { type Html, html } from "../html.ts";
import { gravity, isInterference } from "../words/finding.ts";

const HEIGHT_PX = 28;
const DAY_MS = 86_400_000;

/** Days from the first to the last, both counted, as `2026-11-21`. */
export function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );
}

/**
 * What a day amounts to: the gravest judgement of interference, else the most frequent one; how often it came, how many
 * there were, and the share of interference.
 */
export function dayResult({ codes }: Pick<TargetDay, "codes">) {
  const entries = Object.entries(codes).flatMap(([code, count]) => {
    // The cast is sound: the keys of `codes` are verdict codes.
    return count === undefined ? [] : [{ code: code as keyof TargetDay["codes"], count }];
  });
  const grave = entries.filter(({ code }) => isInterference(code)).sort((a, b) => gravity(a.code) - gravity(b.code));
  const worst = grave[0] ?? entries.sort((a, b) => b.count - a.count)[0];
  const all = entries.reduce((total, { count }) => total + count, 0);
  const bad = entries.reduce((total, { code, count }) => total + (isInterference(code) ? count : 0), 0);
  return { worst, all, share: all === 0 ? 0 : bad / all };
}

/** One network's days as squares side by side: filled from below by the share of interference, hatched when unmeasured. */
export function dayStrip(days: readonly string[], own: readonly TargetDay[], label: string): Html {
  const byDay = new Map(own.map((day) => [day.day, day]));
  const step = 100 / Math.max(1, days.length);
  const squares = days.map((day, index) => square(byDay.get(day), round(index * step), round(step)));
  return html`<svg class="days" width="100%" height="${HEIGHT_PX}" role="img" aria-label="${label}">${squares}</svg>`;
}

function square(day: TargetDay | undefined, x: number, width: number): Html {
  const place = html`x="${x}%" width="${width}%"`;
  if (day === undefined) return html`<rect class="day" ${place} height="${HEIGHT_PX}" fill="url(#hatch)"/>`;
  const { share } = dayResult(day);
  const filled = day.few === true && share > 0 ? HEIGHT_PX : Math.ceil(share * HEIGHT_PX);
  return html`<rect class="day day-ok" ${place} height="${HEIGHT_PX}"/>${
    filled > 0 && html`<rect class="day day-bad" ${place} y="${HEIGHT_PX - filled}" height="${filled}"/>`
  }`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
