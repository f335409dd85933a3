import { type Html, html } from "../html.ts";

const HEIGHT_PX = 26;
const DAY_MS = 86_400_000;

/**
 * One day of one row. `ground`: whether it was watched; `share`: how much of it is filled from below; `fill`: with what,
 * as a class of the style sheet.
 */
export type DaySquare = { ground: "none" | "few" | "ok"; share: number; fill: string };

/** Days from the first to the last, both counted, as `2026-11-21`. */
export function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );
}

/** One row's days as squares side by side: hatched when unwatched, dotted when too few watched, filled from below. */
export function dayStrip(squares: readonly DaySquare[], label: string): Html {
  const days = Math.max(1, squares.length);
  const step = 100 / days;
  const cuts = Array.from({ length: days - 1 }, (_, index) => `M${index + 1} 0V1`).join("");
  return html`<svg class="days" width="100%" height="${HEIGHT_PX}" role="img" aria-label="${label}">${runs(squares).map(
    ({ square, from, count }) => drawn(square, round(from * step), round(count * step)),
  )}<svg width="100%" height="100%" viewBox="0 0 ${days} 1" preserveAspectRatio="none"><path class="day-cut" d="${cuts}"/></svg></svg>`;
}

/** Neighbours that look the same are drawn as one, so that ninety days stay light. */
function runs(squares: readonly DaySquare[]) {
  const found: { square: DaySquare; from: number; count: number }[] = [];
  for (const [index, square] of squares.entries()) {
    const last = found.at(-1);
    if (last !== undefined && JSON.stringify(last.square) === JSON.stringify(square)) last.count += 1;
    else found.push({ square, from: index, count: 1 });
  }
  return found;
}

function drawn({ ground, share, fill }: DaySquare, x: number, width: number): Html {
  const place = html`x="${x}%" width="${width}%"`;
  const filled = share === 0 ? 0 : Math.max(3, Math.round(share * HEIGHT_PX));
  const base = { none: html`fill="url(#hatch)"`, few: html`fill="url(#few)"`, ok: html`class="day-ok"` }[ground];
  return html`<rect ${base} ${place} height="${HEIGHT_PX}"/>${
    filled > 0 && html`<rect class="${fill}" ${place} y="${HEIGHT_PX - filled}" height="${filled}"/>`
  }`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
