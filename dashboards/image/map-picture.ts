import type { Language, NowView } from "../../collector/api/types.ts";
import { contextOf } from "../context.ts";
import { CENTRES } from "../geo/centres.ts";
import { MAP } from "../geo/projection.ts";
import { html } from "../html.ts";
import { dotMapContent, mapSentence } from "../parts/dot-map.ts";
import { STATE_GLYPHS } from "../parts/tile-map.ts";
import { REGION_STATES, regionSummary } from "../region-state.ts";
import { DEFAULT_ZONE, momentText } from "../time.ts";
import { nowSentence } from "../words/now-sentence.ts";
import { IMAGE, imageSvg } from "./frame.ts";
import { sourceLine } from "./source-line.ts";

/** All regions now, on the map of the country, as a picture. */
export function mapPicture(view: NowView, language: Language, address: string): string {
  const context = contextOf(view, language);
  const { t } = context;
  const states = new Map(CENTRES.map(({ code }) => [code, regionSummary(code, view).state]));
  const heightPx = Math.round((MAP.height / MAP.width) * IMAGE.innerPx);
  const present = REGION_STATES.filter((state) => [...states.values()].includes(state));
  return imageSvg({
    title: nowSentence(context, view),
    lines: [mapSentence(context, states), momentText(view.asOf, { language, zone: DEFAULT_ZONE })],
    body: {
      drawing: html`<svg width="${IMAGE.innerPx}" height="${heightPx}" viewBox="0 0 ${MAP.width} ${MAP.height}">${dotMapContent(context, states)}</svg>`,
      heightPx,
    },
    notes: [present.map((state) => `${STATE_GLYPHS[state]} ${t(`region.${state}`)}`).join("; "), t("places.mapNote")],
    source: sourceLine(context, view),
    id: null,
    address,
  });
}
