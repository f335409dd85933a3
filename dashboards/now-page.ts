import { ENOUGH_PROBES, type Language, type NowView } from "../collector/api/types.ts";
import { contextOf } from "./context.ts";
import { type Html, html } from "./html.ts";
import { nowHref } from "./links.ts";
import { colophon, dataLink } from "./parts/colophon.ts";
import { coverageSection } from "./parts/coverage-table.ts";
import { documentText } from "./parts/document.ts";
import { figures } from "./parts/figures.ts";
import { incidentCard, incidentLine } from "./parts/incident-card.ts";
import { ownLineBanner } from "./parts/own-line.ts";
import { targetSection } from "./parts/target-table.ts";
import { tileMap } from "./parts/tile-map.ts";
import { TILES } from "./tiles.ts";
import { gravestFirst, nowSentence, type Watch, watchOf } from "./words/now-sentence.ts";

const SHOWN_OPEN = 12;
/** Open incidents that stand beside the map; more would leave the map alone on a long page. */
const BESIDE_MAP = 2;
const SHOWN_RECENT = 12;

/** The first page: is something cut or blocked now, where, since when; and how far its silence can be trusted. */
export function nowPage(view: NowView, language: Language): string {
  const context = contextOf(view, language);
  const { t } = context;
  const watch = watchOf(view);
  const open = gravestFirst(view.open);
  const recent = [...view.recent].sort((a, b) => b.start.latest.localeCompare(a.start.latest)).slice(0, SHOWN_RECENT);
  const list = (items: readonly Html[], empty: string) =>
    items.length === 0 ? html`<p class="empty">${empty}</p>` : html`<ol class="recent">${items}</ol>`;
  const cards = open.slice(0, SHOWN_OPEN).map((incident) => incidentCard(context, incident));
  const main = html`<div class="lead">
<h1>${nowSentence(context, view)}</h1>
<p class="dek">${dek(watch, open.length, t)}</p>
</div>
${ownLineBanner(context, view.ownLine)}
${figures(context, view, watch)}
<div class="columns">
${tileMap(context, view)}
<section aria-labelledby="open">
<h2 id="open">${t("now.open")}</h2>
${cards.length === 0 ? html`<p class="empty">${t(watch.present < ENOUGH_PROBES ? "now.noneBlind" : "now.none")}</p>` : cards.slice(0, BESIDE_MAP)}
</section>
</div>
${cards.length > BESIDE_MAP && html`<div class="cards">${cards.slice(BESIDE_MAP)}</div>`}
<section aria-labelledby="recent">
<h2 id="recent">${t("now.recent")}</h2>
${list(
  recent.map((incident) => incidentLine(context, incident)),
  t("now.recentNone"),
)}
</section>
${targetSection(context, view.cells)}
${coverageSection(context, view)}`;
  const footer = colophon(context, view, nowHref(language), [
    dataLink("incidents", "json"),
    dataLink("incidents", "csv"),
    dataLink("coverage", "csv"),
    dataLink("verdicts", "ndjson"),
  ]);
  const hrefs = { kk: nowHref("kk"), ru: nowHref("ru"), en: nowHref("en") };
  return documentText({ t, language, title: t("now.title"), current: "now", hrefs, main, footer });
}

function dek(watch: Watch, open: number, t: ReturnType<typeof contextOf>["t"]): string {
  const watching = t("now.watching", { ...watch, all: TILES.length, needed: ENOUGH_PROBES });
  return open > 1 ? `${t("now.alsoOpen", { count: open - 1 })} ${watching}` : watching;
}
