import type { WorldEvent } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { momentHtml, styleOf } from "../parts/when.ts";
import { DEFAULT_ZONE, dateText, monthText, wallTime } from "../time.ts";

/** A moment in local time and UTC. */
export function when(context: Context, at: string): Html {
  return momentHtml(at, styleOf(context, DEFAULT_ZONE, true));
}

/** When an event was, as exactly as that is known. */
export function eventWhen(
  context: Context,
  { start, end, precision }: Pick<WorldEvent, "start" | "end" | "precision">,
): Html {
  const { t, language } = context;
  const told = (at: string): Html => {
    if (precision === "minute" || precision === "hour") return when(context, at);
    // Of a day only the date counts, as it is written.
    const wall = wallTime(at, "UTC");
    return html`${precision === "day" ? dateText(wall, language) : monthText(wall, language)}`;
  };
  const until = end !== null && end !== start && html` – ${told(end)}`;
  return html`${told(start)}${until}<br><span class="small">${t(`precision.${precision}`)}</span>`;
}

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** A number of bytes in a unit that reads well. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)}\u00a0${UNITS[power]}`;
}

/** A share as a whole percentage. */
export function percentText(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}
