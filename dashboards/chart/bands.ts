import type { Incident } from "../../collector/api/types.ts";
import { type Html, html } from "../html.ts";
import { percent, type Scale } from "./scale.ts";

const KINDS: readonly Incident["kind"][] = ["block", "interception", "throttle", "shutdown", "outage"];
const ROW_PX = 16;

/** Patterns and fades that all drawings of a page share, by their ids. */
export function chartPatterns(): Html {
  return html`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="7" height="7"/><rect class="hatch-line" width="1.5" height="7"/></pattern>
<pattern id="few" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="few-ground" width="8" height="8"/><circle class="few-dot" cx="2" cy="2" r="1.2"/></pattern>
${KINDS.map(
  (
    kind,
  ) => html`<linearGradient id="in-${kind}"><stop class="k-${kind}" stop-opacity=".08"/><stop class="k-${kind}" offset="1" stop-opacity=".75"/></linearGradient><linearGradient id="out-${kind}"><stop class="k-${kind}" stop-opacity=".75"/><stop class="k-${kind}" offset="1" stop-opacity=".08"/></linearGradient>
`,
)}</defs></svg>`;
}

/** A rectangle from one moment to another; `attributes` are markup of ours. */
export function bandRect(scale: Scale, fromMs: number, toMs: number, attributes: Html, top = 0, height = ROW_PX): Html {
  const x = percent(scale, fromMs);
  const width = Math.round((percent(scale, toMs) - x) * 1000) / 1000;
  return html`<rect x="${x}%" y="${top}" width="${Math.max(0, width)}%" height="${height}" ${attributes}/>`;
}

/** One drawing of a row as wide as the chart. Its words stand beside it, so it is hidden from screen readers. */
export function rowSvg(content: Html | readonly Html[]): Html {
  return html`<svg class="row" width="100%" height="${ROW_PX}" aria-hidden="true" focusable="false"><line class="track" x1="0" x2="100%" y1="8" y2="8"/>${content}</svg>`;
}

/** An incident's bar: faded where start and end are uncertain, solid between, with an arrow while it is open. */
export function incidentBar(scale: Scale, incident: Incident, asOf: string): Html {
  const { kind, start, end } = incident;
  const solidFrom = Date.parse(start.latest);
  const solidTo = end === null ? Math.min(Date.parse(asOf), scale.toMs) : Date.parse(end.earliest);
  const solid = bandRect(scale, solidFrom, Math.max(solidFrom, solidTo), html`class="bar k-${kind}"`);
  const fade = (id: string, from: string, to: string) =>
    bandRect(scale, Date.parse(from), Date.parse(to), html`fill="url(#${id}-${kind})"`);
  const arrow = html`<svg x="${percent(scale, solidTo)}%" overflow="visible"><path class="k-${kind}" d="M-1 0l8 8-8 8z"/></svg>`;
  return rowSvg([
    fade("in", start.earliest, start.latest),
    solid,
    end === null ? arrow : fade("out", end.earliest, end.latest),
  ]);
}
