import type { Context } from "../context.ts";
import { CENTRES, type Centre } from "../geo/centres.ts";
import { OUTLINE } from "../geo/outline.ts";
import { MAP } from "../geo/projection.ts";
import { type Html, html } from "../html.ts";
import { type RegionState, regionSummary } from "../region-state.ts";
import { listText, regionName } from "../words/names.ts";
import { bareName, type MapView, STATE_GLYPHS } from "./tile-map.ts";

const RADIUS = 14;

/**
 * A dot with a sign where each region's centre lies, over the country's outline. The same stands in the tiles and in
 * the table beside it, so this is one picture with one description.
 */
export function dotMap(context: Context, view: MapView): Html {
  const states = new Map(CENTRES.map(({ code }) => [code, regionSummary(code, view).state]));
  return html`<svg class="dot-map" viewBox="0 0 ${MAP.width} ${MAP.height}" role="img" aria-label="${mapSentence(context, states)}">
${dotMapContent(context, states)}</svg>`;
}

/** What is drawn inside the map; also for pictures that stand alone. */
export function dotMapContent(context: Context, states: ReadonlyMap<string, RegionState>): Html {
  return html`<path class="land" d="${OUTLINE}"/>
${CENTRES.map((centre) => dot(context, centre, states.get(centre.code) ?? "none"))}`;
}

function dot(context: Context, { code, x, y, side }: Centre, state: RegionState): Html {
  const label = {
    left: { x: x - RADIUS - 5, y: y + 6, anchor: "end" },
    right: { x: x + RADIUS + 5, y: y + 6, anchor: "start" },
    above: { x, y: y - RADIUS - 6, anchor: "middle" },
    below: { x, y: y + RADIUS + 20, anchor: "middle" },
  }[side];
  return html`<circle class="dot dot-${state}" cx="${x}" cy="${y}" r="${RADIUS}"/><text class="dot-glyph glyph-${state}" x="${x}" y="${y + 6}" text-anchor="middle">${STATE_GLYPHS[state]}</text><text class="dot-name wide-only" x="${label.x}" y="${label.y}" text-anchor="${label.anchor}">${bareName(context, code)}</text>
`;
}

/** The map in one sentence: what is not calm and where, and how many regions cannot be judged. */
export function mapSentence(context: Context, states: ReadonlyMap<string, RegionState>): string {
  const { t } = context;
  const of = (wanted: readonly RegionState[]) => [...states].filter(([, state]) => wanted.includes(state));
  const parts = (["cut", "limited", "outage", "blocked"] as const).flatMap((state) => {
    const regions = of([state]).map(([code]) => regionName(context, code));
    return regions.length === 0 ? [] : [`${t(`region.${state}`)}: ${listText(context, regions, 6)}`];
  });
  const told = t("map.sentence", { quiet: of(["quiet"]).length, unknown: of(["few", "none"]).length });
  return parts.length === 0 ? told : `${parts.join("; ")}. ${told}`;
}
