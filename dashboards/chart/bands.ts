import type { Incident } from "../../collector/api/types.ts";
import { type Html, html } from "../html.ts";
import { percent, type Scale } from "./scale.ts";

const KINDS: readonly Incident["kind"][] = ["block", "interception", "throttle", "shutdown", "outage"];

/** Patterns and fades that all drawings of a page share, by their ids. */
export function chartPatterns(): Html {
  return html`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false">${patternDefs()}</svg>`;
}

/** The same as definitions alone, for pictures that stand for themselves. */
export function patternDefs(): Html {
  return html`<defs>
<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="7" height="7"/><rect class="hatch-line" width="1.5" height="7"/></pattern>
<pattern id="few" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="few-ground" width="8" height="8"/><circle class="few-dot" cx="2" cy="2" r="1.2"/></pattern>
${KINDS.map(
  (
    kind,
  ) => html`<linearGradient id="in-${kind}"><stop class="k-${kind}" stop-opacity=".08"/><stop class="k-${kind}" offset="1" stop-opacity=".75"/></linearGradient><linearGradient id="out-${kind}"><stop class="k-${kind}" stop-opacity=".75"/><stop class="k-${kind}" offset="1" stop-opacity=".08"/></linearGradient>
`,
)}</defs>`;
}

/** A rectangle from one moment to another; `attributes` are markup of ours. */
export function bandRect(scale: Scale, fromMs: number, toMs: number, attributes: Html, top = 0, height = 16): Html {
  const x = percent(scale, fromMs);
  const width = Math.round((percent(scale, toMs) - x) * 1000) / 1000;
  return html`<rect x="${x}%" y="${top}" width="${Math.max(0, width)}%" height="${height}" ${attributes}/>`;
}

/** A mark that stands at a place of the drawing; near the right edge it is drawn to the left of it. */
export function placed(x: number, widthPx: number, content: Html): Html {
  const shift = x > 94 ? html` transform="translate(${-widthPx})"` : null;
  return html`<svg x="${x}%" overflow="visible"><g${shift}>${content}</g></svg>`;
}
