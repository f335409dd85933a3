import type { NowView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { regionHref } from "../links.ts";
import { REGION_STATES, type RegionState, type RegionSummary, regionSummary } from "../region-state.ts";
import { TILES, type Tile } from "../tiles.ts";
import { listText, regionName } from "../words/names.ts";

/** Signs beside the words, for glances and grey print. */
export const STATE_GLYPHS: Readonly<Record<RegionState, string>> = {
  cut: "✕",
  limited: "◐",
  outage: "!",
  blocked: "⊘",
  quiet: "✓",
  few: "?",
  none: "–",
};

export type MapView = Pick<NowView, "open" | "coverage" | "enoughProbes">;

/** The 20 regions as equal tiles, each a link, state by word, sign and pattern; beside them the legend and the words. */
export function tileMap(context: Context, view: MapView): Html {
  const { t } = context;
  const summaries = TILES.map((tile) => ({ tile, summary: regionSummary(tile.code, view) }));
  return html`<section class="map" aria-labelledby="map">
<h2 id="map">${t("now.map")}</h2>
<div class="map-grid">
${tileGrid(context, view)}
<div>
${stateLegend(
  context,
  summaries.map(({ summary }) => summary.state),
)}
<p class="note">${t("now.mapNote", { needed: view.enoughProbes })}</p>
<details><summary>${t("now.inWords")}</summary>${inWords(context, summaries)}</details>
</div></div>
</section>`;
}

/** The tiles alone. */
export function tileGrid(context: Context, view: MapView): Html {
  return html`<ul class="tiles">
${TILES.map((tile) => tileItem(context, tile, regionSummary(tile.code, view)))}
</ul>`;
}

/** The states that occur, each with its sign, its word and what it means. */
export function stateLegend(context: Context, states: readonly RegionState[]): Html {
  const present = REGION_STATES.filter((state) => states.includes(state));
  return html`<ul class="legend means">${present.map((state) => legendItem(context, state))}</ul>`;
}

function inWords(context: Context, summaries: readonly { tile: Tile; summary: RegionSummary }[]): Html {
  const { t } = context;
  const present = REGION_STATES.filter((state) => summaries.some(({ summary }) => summary.state === state));
  return html`<dl class="words">
${present.map((state) => {
  const names = summaries
    .filter(({ summary }) => summary.state === state)
    .map(({ tile }) => regionName(context, tile.code));
  return html`<div><dt>${t(`region.${state}`)} (${names.length})</dt><dd>${listText(context, names, TILES.length)}</dd></div>
`;
})}</dl>`;
}

function tileItem(context: Context, tile: Tile, { state, told }: RegionSummary): Html {
  const { t } = context;
  const count =
    told.how === "exact"
      ? t("region.probes", told)
      : told.how === "band"
        ? t("coverage.band", { known: told.known })
        : null;
  const place = `column-${tile.column} row-${tile.row}`;
  return html`<li class="${place}"><a class="tile is-${state}" href="${regionHref(context.language, tile.code)}"><span class="full">${tileName(context, tile)}</span><abbr class="short" title="${regionName(context, tile.code)}" aria-hidden="true">${tile.short[context.language]}</abbr>
<span class="state"><span class="glyph" aria-hidden="true">${STATE_GLYPHS[state]}</span> <span class="word">${t(`region.${state}`)}</span></span>${
    count !== null && html`<span class="count">${count}</span>`
  }</a></li>
`;
}

/** Name of a region without the word "region", unless that would make it the name of a city. */
export function bareName(context: Context, code: string): string {
  const name = regionName(context, code);
  const bare = name.replace(/ облысы$| область$|^область | Region$/u, "");
  const clash = TILES.some((other) => other.code !== code && regionName(context, other.code) === bare);
  return clash ? name : bare;
}

/** The same with soft hyphens, so that long words break well. */
function tileName(context: Context, tile: Tile): string {
  return bareName(context, tile.code).replace(
    /(?<=\p{L}{4})(ская|стан(?=ская)|дин(?=ская)|тау(?=ская)|stan|орда)/gu,
    "\u00ad$1",
  );
}

function legendItem({ t, enoughProbes }: Context, state: RegionState): Html {
  return html`<li><span class="swatch is-${state}"><span class="glyph" aria-hidden="true">${STATE_GLYPHS[state]}</span></span> <span><b>${t(`region.${state}`)}</b>: ${t(`region.${state}.means`, { needed: enoughProbes })}</span></li>
`;
}
