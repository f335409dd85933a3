import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { momentParts, spanParts, type TimeStyle } from "../time.ts";

/** Clock times with what belongs to them, which must not be torn apart at the end of a line. */
const CLOCKS = /\d\d:\d\d(?::\d\d)?(?:–\d\d:\d\d(?::\d\d)?)?(?:\u00a0(?:\([^)]*\)|UTC))?/g;

/** A time in words, its clock times kept whole. */
function kept(text: string): Html {
  const clocks = text.match(CLOCKS) ?? [];
  return html`${text.split(CLOCKS).map((part, index) => html`${part}${clocks[index] !== undefined && html`<span class="nb">${clocks[index]}</span>`}`)}`;
}

/** A moment in local time with its offset, and in UTC beside it; machines read the `datetime` attribute. */
export function momentHtml(at: string, style: TimeStyle): Html {
  const [local, utc] = momentParts(at, style);
  return html`<time datetime="${at}">${kept(local)}</time> <span class="utc">= ${kept(utc)}</span>`;
}

/** A span of uncertainty in the same manner. */
export function spanHtml(interval: { earliest: string; latest: string }, style: TimeStyle): Html {
  const [local, utc] = spanParts(interval.earliest, interval.latest, style);
  return html`<span class="span">${kept(local)}</span> <span class="utc">= ${kept(utc)}</span>`;
}

/** The style of times on a page: dates near the page's own moment are not repeated unless `full`. */
export function styleOf(context: Context, zone: string, full = false): TimeStyle {
  return { language: context.language, zone, near: full ? undefined : context.asOf };
}
